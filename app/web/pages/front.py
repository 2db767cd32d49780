"""The front page: the newest stories by day, and who was most in the news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fastapi import APIRouter, Request
from sqlalchemy import Connection, select
from starlette.responses import Response

from app.store.entities import CountedEntity, most_active
from app.store.listings import CountedRow, categories
from app.store.schema import StoreState
from app.store.stories import StoreSize, StorySummary, newest_stories, store_size
from app.web.site import SiteDependency

router = APIRouter()

NEWEST = 24
ACTIVE = 12


@dataclass(frozen=True, slots=True)
class DayView:
    """The stories of one day."""

    day: date
    stories: tuple[StorySummary, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """The front page."""

    days: tuple[DayView, ...]
    month: date | None
    """The newest month that has a story; who was active is counted in it."""
    active: tuple[CountedEntity, ...]
    categories: tuple[CountedRow, ...]
    size: StoreSize
    has_sample: bool


@router.get("/")
async def front(request: Request, site: SiteDependency) -> Response:
    """The newest stories."""
    return site.templates.page(request, "pages/front.html", {"view": await site.read(_view)})


def _view(connection: Connection) -> FrontView:
    stories = newest_stories(connection, NEWEST)
    days = tuple(
        DayView(day, tuple(group)) for day, group in groupby(stories, key=lambda story: story.sort_date) if day is not None
    )
    month = days[0].day.replace(day=1) if days else None
    return FrontView(
        days=days,
        month=month,
        active=most_active(connection, month, ACTIVE) if month else (),
        categories=categories(connection),
        size=store_size(connection),
        has_sample=connection.execute(select(StoreState.sample_imported_at)).scalar_one() is not None,
    )
