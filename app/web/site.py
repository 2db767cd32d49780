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
from app.store.generation import GenerationWatch, generation
from app.web.templating import Templates

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Site:
    """The running site."""

    settings: Settings
    store: Store
    templates: Templates

    watch: GenerationWatch | None
    """Where asking for the generation is a function call (SQLite)."""

    async def generation(self) -> int:
        """How many commits have changed something that a page can show."""
        return self.watch() if self.watch else await self.read(generation)

    async def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read query on one consistent state of the store.

        On SQLite a short indexed read takes less time than handing it to a thread would; a database server is waited for in
        a thread.
        """

        def run() -> T:
            with self.store.read() as connection:
                return query(connection, *args, **kwargs)

        return run() if self.store.blocking_is_cheap else await run_in_threadpool(run)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


#: The running site, as a parameter of a page.
SiteDependency = Annotated[Site, Depends(_site)]
