"""Reading outlets and categories."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from app.store.schema import Category, Outlet, Revision, Source, Story
from app.store.withdrawals import shown


class NamedRow(NamedTuple):
    """An outlet or a category."""

    id: int
    slug: str
    name: str


class CountedRow(NamedTuple):
    """An outlet or a category with the number of its stories."""

    slug: str
    name: str
    stories: int


def outlet_by_slug(connection: Connection, slug: str) -> NamedRow | None:
    """The outlet at an address."""
    row = connection.execute(select(Outlet.id, Outlet.slug, Outlet.name).where(Outlet.slug == slug)).one_or_none()
    return NamedRow(*row) if row else None


def category_by_slug(connection: Connection, slug: str) -> NamedRow | None:
    """The category at an address."""
    row = connection.execute(select(Category.id, Category.slug, Category.name).where(Category.slug == slug)).one_or_none()
    return NamedRow(*row) if row else None


def outlet_named(connection: Connection, text: str) -> NamedRow | None:
    """The outlet with this slug or, whatever its case, this name."""
    named = (Outlet.slug == text.casefold()) | (func.lower(Outlet.name) == text.lower())
    row = connection.execute(select(Outlet.id, Outlet.slug, Outlet.name).where(named).order_by(Outlet.id)).first()
    return NamedRow(*row) if row else None


def category_named(connection: Connection, text: str) -> NamedRow | None:
    """The category with this slug or, whatever its case, this name."""
    named = (Category.slug == text.casefold()) | (func.lower(Category.name) == text.lower())
    row = connection.execute(select(Category.id, Category.slug, Category.name).where(named).order_by(Category.id)).first()
    return NamedRow(*row) if row else None


def outlets(connection: Connection) -> tuple[CountedRow, ...]:
    """All outlets by name, each with the number of stories that have a source of it."""
    stories = func.count(func.distinct(Story.id))
    rows = connection.execute(
        select(Outlet.slug, Outlet.name, stories)
        .join(Source, Source.outlet_id == Outlet.id)
        .join(Revision, Revision.id == Source.revision_id)
        .join(Story, (Story.id == Revision.story_id) & (Story.current_revision == Revision.number))
        .where(shown())
        .group_by(Outlet.slug, Outlet.name)
        .order_by(Outlet.name)
    )
    return tuple(CountedRow(*row) for row in rows)


#: Counted before they are named, from an index alone.
_FILED = (
    select(Story.category_id, func.count().label("stories"))
    .where(Story.category_id.is_not(None), shown())
    .group_by(Story.category_id)
    .subquery()
)
_CATEGORIES = (
    select(Category.slug, Category.name, _FILED.c.stories)
    .join(_FILED, _FILED.c.category_id == Category.id)
    .order_by(Category.name)
)


def categories(connection: Connection) -> tuple[CountedRow, ...]:
    """The categories that stories are filed under, by name."""
    return tuple(CountedRow(*row) for row in connection.execute(_CATEGORIES))
