# Two stages: wheels are made in the first, the second has nothing but Python, them and the package.
FROM python:3.13-slim-trixie AS build
WORKDIR /source
COPY .requirements/runtime.txt .requirements/
RUN python -m venv /opt/dateline \
 && /opt/dateline/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r .requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY templates templates
COPY static static
COPY migrations migrations
RUN /opt/dateline/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
 && /opt/dateline/bin/python -m compileall -q /opt/dateline/lib

FROM python:3.13-slim-trixie
LABEL org.opencontainers.image.title="Dateline" org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin dateline
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=4 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["dateline"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
