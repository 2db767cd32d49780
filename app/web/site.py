"""What every page needs: the settings, the store to read from, the templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from app.config import Settings
from app.store.engine import Store
from app.web.templating import Templates

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Site:
    """The running site."""

    settings: Settings
    store: Store
    templates: Templates

    async def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read query on one consistent state of the store.

        On SQLite a short indexed read takes less time than handing it to a thread would; a database server is waited for in
        a thread.
        """
        if self.store.blocking_is_cheap:
            return self._read(query, *args, **kwargs)
        return await run_in_threadpool(self._read, query, *args, **kwargs)

    def _read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.store.read() as connection:
            return query(connection, *args, **kwargs)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


#: The running site, as a parameter of a page.
SiteDependency = Annotated[Site, Depends(_site)]
