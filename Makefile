# Dateline. `make` lists what there is.
# Works with GNU make 3.81 and newer, a POSIX shell, and Python 3.11 or newer.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test lint bench audit fuzz format messages lock clean

# The newest Python found; `make PYTHON=/path/to/python3.12 serve` chooses another.
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	command -v $$python >/dev/null 2>&1 && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
LOG := $(VENV)/set-up.log

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

serve: $(VENV)/.runtime ## Set up, migrate, import the sample corpus once, serve on http://127.0.0.1:8000 (HOST=, PORT=)
	@$(BIN)/dateline serve --prepare --host $(HOST) --port $(PORT)

test: $(VENV)/.development ## Set up and run all tests; what the machine lacks is announced with its cure (ARGS= for pytest)
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(VENV)/.development ## Style, types, and which part may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.development ## Measure analysis, importing and pages, each against a baseline in the same run
	$(BIN)/python -m bench.analysis
	$(BIN)/python -m bench.import
	$(BIN)/python -m bench.pages

audit: $(VENV)/.development ## Weigh and check every type of page: axe, the Nu HTML checker, Lighthouse (needs Node, npm, Java, Chromium; ARGS=)
	@$(BIN)/python -m bench.audit $(ARGS)

fuzz: $(VENV)/.development ## Damage documents and see that every parser survives; coverage guides it where atheris is installed (ARGS="--seconds 60")
	@$(BIN)/python -m bench.fuzz $(ARGS)

format: $(VENV)/.development ## Put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/.development ## Bring the catalogues of app/locale up to date with templates and code (LANGUAGE=fr begins another)
	@$(BIN)/pybabel -q extract -F pyproject.toml --add-location=file --sort-by-file -o $(VENV)/messages.pot .
	@if [ -n "$(LANGUAGE)" ]; then $(BIN)/pybabel -q init -i $(VENV)/messages.pot -d app/locale -l $(LANGUAGE); fi
	@$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d app/locale --no-fuzzy-matching --width 120 --ignore-obsolete --ignore-pot-creation-date

lock: $(VENV)/.development ## Pin the newest versions of all dependencies, with hashes, in .requirements/
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --group build -o .requirements/runtime.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --group build --group development -o .requirements/development.txt pyproject.toml

clean: ## Remove the virtual environment and caches (the store stays)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# The environment. Each stamp says that the lock file beside it is installed whole; an interrupted set-up leaves none and
# is taken up again by the next call.

$(VENV)/.runtime: .requirements/runtime.txt pyproject.toml | $(VENV)/bin/pip
	@$(call install,runtime)

$(VENV)/.development: .requirements/development.txt pyproject.toml | $(VENV)/bin/pip
	@$(call install,development)
	@touch $(VENV)/.runtime

$(VENV)/bin/pip:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Dateline needs Python 3.11 or newer; found $$(python3 --version 2>&1 || echo none). Install one, or: make PYTHON=/path/to/python" >&2; exit 2; fi
	@$(PYTHON) -c 'import sys; sys.version_info < (3, 11) and sys.exit("Dateline needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Install one, or: make PYTHON=/path/to/python")'
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) …"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/tmp/dateline-venv.$$$$ 2>&1 || { cat /tmp/dateline-venv.$$$$ >&2; rm -rf $(VENV) /tmp/dateline-venv.$$$$; \
		echo "Python cannot make virtual environments here; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }; rm -f /tmp/dateline-venv.$$$$

# pip is told to trust only the pinned hashes; where it fails, the reason that a person can act on comes last.
define install
	echo "Installing the pinned $(1) requirements (once; a minute or two) …"; \
	{ $(BIN)/python -m pip install --disable-pip-version-check --no-input --require-hashes -r .requirements/$(1).txt && \
	$(BIN)/python -m pip install --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .; } >$(LOG) 2>&1 || { \
	grep -iE '^ *error' $(LOG) | tail -5 >&2; \
	if grep -qiE 'connection|resolve|timed out|network|proxy|no matching distribution' $(LOG); then \
	echo "The package index could not be reached. Check the network; behind a mirror or proxy set PIP_INDEX_URL or https_proxy," >&2; \
	echo "without any network put the wheels into a directory and set PIP_NO_INDEX=1 PIP_FIND_LINKS=that/directory. Then run make again." >&2; fi; \
	echo "The whole log is in $(LOG)." >&2; exit 2; }; \
	touch $(VENV)/.$(1)
endef
