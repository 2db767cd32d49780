"""Settings, read from the environment (``DATELINE_…``) and from ``.env``."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


def _default_database_url() -> str:
    return f"sqlite:///{user_data_path('dateline', appauthor=False) / 'dateline.db'}"


class Settings(BaseSettings):
    """Everything that an operator can set. Each field is the variable ``DATELINE_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_file=".env", extra="ignore")

    database_url: str = Field(default_factory=_default_database_url)
    """``sqlite:///FILE`` or ``postgresql+psycopg://USER:PASSWORD@HOST/NAME``."""
    database_read_url: str | None = None
    """Where pages read, when that is not ``database_url`` (a replica)."""
    base_url: str = "http://127.0.0.1:8000"
    """The address under which readers reach the site; permanent links begin with it."""
    site_name: str = "Dateline"
    document_language: str = "en"
    """The language (BCP 47) of documents that do not say theirs."""
    admin_token: SecretStr | None = None
    """Opens ``/admin``; without it there is no administration by the web."""
    source_text: Literal["excerpt", "full", "none"] = "excerpt"
    """How much of a source's text pages show."""
    max_document_bytes: int = Field(default=20 * MEBIBYTE, gt=0)
    """A larger document goes to quarantine unread."""
    max_archive_bytes: int = Field(default=8192 * MEBIBYTE, gt=0)
    """An archive that unpacks to more is not read further."""
    max_archive_members: int = Field(default=2_000_000, gt=0)
    """An archive that has more members is not read further."""
    import_batch: int = Field(default=200, gt=0)
    """Documents stored in one transaction."""
    page_cache_bytes: int = Field(default=64 * MEBIBYTE, ge=0)
    """Memory of each server process for pages that were made once; 0 keeps none."""
    development: bool = False
    """Shows what only those need who work on the site: ``/about/style``."""
    page_size: int = Field(default=30, ge=5, le=200)
    """Rows on a page of a timeline or list."""


@lru_cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()
