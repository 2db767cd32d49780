"""What a reader sees when something is not there, cannot be read, or went wrong."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from app.web.elsewhere import Elsewhere
from app.web.i18n import N_, gettext
from app.web.parameters import BadParameter
from app.web.site import Site
from app.web.suggestions import Suggestion, nearest

logger = logging.getLogger("dateline.web")

#: What is wrong with a parameter, in words, by the type of problem that pydantic names; ``%(…)s`` are its details.
_PROBLEMS = {
    "bool_parsing": N_("must be 1 or 0"),
    "greater_than_equal": N_("must be %(ge)s or more"),
    "int_from_float": N_("must be a whole number"),
    "int_parsing": N_("must be a whole number"),
    "int_parsing_size": N_("is too large a number"),
    "less_than_equal": N_("must be %(le)s or less"),
    "missing": N_("is missing"),
    "string_too_long": N_("is too long: %(max_length)s characters are the most"),
}


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
    suggestions = await _suggestions(request) if error.status_code == HTTPStatus.NOT_FOUND else ()
    return _page(request, error.status_code, detail, suggestions=suggestions, headers=dict(error.headers or {}))


async def _unreadable_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _page(request, HTTPStatus.BAD_REQUEST, " ".join(_problem(problem) for problem in error.errors()))


def _problem(problem: Mapping[str, Any]) -> str:
    known = _PROBLEMS.get(problem["type"])
    what = gettext(known, **problem.get("ctx", {})) if known else problem["msg"].lower()
    return gettext("In this address “%(name)s” %(what)s.", name=problem["loc"][-1], what=what)


async def _bad_parameter(request: Request, error: Exception) -> Response:
    return _page(request, HTTPStatus.BAD_REQUEST, str(error))


async def _elsewhere(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)
    return RedirectResponse(error.address, error.status)


async def _failure(request: Request, error: Exception) -> Response:
    reference = secrets.token_hex(4)
    logger.error("%s %s failed (%s)", request.method, request.url.path, reference, exc_info=error)
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, "", reference=reference)


async def _suggestions(request: Request) -> tuple[Suggestion, ...]:
    """Where the reader may have wanted to go; nothing where the store cannot say."""
    site: Site = request.app.state.site
    try:
        return await site.read(nearest, request.scope["path"])
    except SQLAlchemyError:
        logger.exception("no suggestions for %s", request.url.path)
        return ()


def _page(
    request: Request,
    status: int,
    detail: str,
    reference: str | None = None,
    suggestions: tuple[Suggestion, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    site: Site = request.app.state.site
    return site.templates.error(request, status, detail, reference, suggestions, headers)
