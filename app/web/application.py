"""The application: settings in, an ASGI app out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.config import Settings, get_settings
from app.resources import resource_dir
from app.store.engine import Store
from app.store.generation import GenerationWatch
from app.store.migrations import Migrations
from app.web.cache import PageCache
from app.web.errors import add_error_pages
from app.web.i18n import Languages
from app.web.pages import ROUTERS
from app.web.security import SecurityHeaders
from app.web.sessions import sessions_for
from app.web.site import Site
from app.web.static import StaticFiles
from app.web.templating import Templates


def create_app(settings: Settings | None = None) -> FastAPI:
    """The server for these settings (default: those of the environment).

    Raises:
        StoreError: when it starts, if the store cannot be used or has another schema than this version's.
    """
    settings = settings or get_settings()
    static = StaticFiles(resource_dir("static"))
    templates = Templates(resource_dir("templates"), static, settings)
    sessions = sessions_for(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Store(settings.database_url, settings.database_read_url) as store:
            Migrations(store, resource_dir("migrations")).require_current()
            watch = GenerationWatch(store) if store.blocking_is_cheap else None
            app.state.site = Site(settings, store, templates, watch, sessions)
            yield
            if watch:
                watch.close()

    app = FastAPI(title=settings.site_name, lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.mount("/static", static)
    for router in ROUTERS:
        app.include_router(router)
    add_error_pages(app)
    app.add_middleware(PageCache, most_bytes=settings.page_cache_bytes)
    app.add_middleware(Languages)
    app.add_middleware(SecurityHeaders)
    return app
