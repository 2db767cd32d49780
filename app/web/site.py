"""What every page needs: the settings, the store to read from, the templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, HTTPException, Request
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool

from app.config import Settings
from app.store.engine import Store
from app.store.generation import GenerationWatch, generation
from app.web.i18n import gettext
from app.web.sessions import Attempts, Sessions
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

    sessions: Sessions | None = None
    """Of curators; ``None`` where there is no administration by the web."""

    attempts: Attempts = field(default_factory=Attempts)
    """Wrong tokens."""

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

    async def decide(self, act: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something that waits for the store's one writer, in a thread.

        Raises:
            HTTPException: an import keeps it busy for longer than anybody waits.
        """
        try:
            return await run_in_threadpool(act, self.store, *args, **kwargs)
        except OperationalError as error:
            problem = gettext("The store is busy with an import. Try again in a minute; nothing was changed.")
            raise HTTPException(503, problem) from error


async def _site(request: Request) -> Site:  # async, as a function would be run in a thread
    site: Site = request.app.state.site
    return site


#: The running site, as a parameter of a page.
SiteDependency = Annotated[Site, Depends(_site)]
