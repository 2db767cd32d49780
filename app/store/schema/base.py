"""The base of all tables, and the row of the store itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Integer, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: 64 bits everywhere; plain INTEGER on SQLite, where only that is an alias of the row id.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables of the store, with constraint names that are the same on every engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {int: Id, str: Text, datetime: DateTime(timezone=True)}


class StoreState(Base):
    """The one row that describes the store itself."""

    __tablename__ = "store_state"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    generation: Mapped[int] = mapped_column(server_default=text("0"))
    """Counts the commits that changed something a page can show."""
    gazetteer_version: Mapped[str | None]
    sample_imported_at: Mapped[datetime | None]
