"""What a reader sees when something is not there, cannot be read, or went wrong."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from app.web.elsewhere import Elsewhere
from app.web.parameters import BadParameter
from app.web.site import Site

logger = logging.getLogger("dateline.web")


def add_error_pages(app: FastAPI) -> None:
    """Answer errors with pages instead of JSON."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _unreadable_request)
    app.add_exception_handler(BadParameter, _bad_parameter)
    app.add_exception_handler(Elsewhere, _elsewhere)
    app.add_exception_handler(Exception, _failure)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
    return _page(request, error.status_code, detail, headers=dict(error.headers or {}))


async def _unreadable_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = (f"{problem['loc'][-1]}: {problem['msg'].lower()}" for problem in error.errors())
    return _page(request, HTTPStatus.BAD_REQUEST, "; ".join(problems))


async def _elsewhere(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)
    return RedirectResponse(error.address, error.status)


async def _bad_parameter(request: Request, error: Exception) -> Response:
    return _page(request, HTTPStatus.BAD_REQUEST, str(error))


async def _failure(request: Request, error: Exception) -> Response:
    reference = secrets.token_hex(4)
    logger.error("%s %s failed (%s)", request.method, request.url.path, reference, exc_info=error)
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, "", reference=reference)


def _page(
    request: Request, status: int, detail: str, reference: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    site: Site = request.app.state.site
    return site.templates.error(request, status, detail, reference, headers)
