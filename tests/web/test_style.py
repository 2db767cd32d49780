"""The style page is there for those who work on the site, and for nobody else."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from app.config import Settings
from app.web.application import create_app


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_style_page_is_only_for_development(database_url: str) -> None:
    with TestClient(create_app(Settings(database_url=database_url))) as reader:
        assert reader.get("/about/style").status_code == 404
    with TestClient(create_app(Settings(database_url=database_url, development=True))) as developer:
        page = developer.get("/about/style")
        assert page.status_code == 200
        for component in (
            "histogram",
            "row planned",
            "row imprecise",
            "lane-1",
            "flag",
            "versus",
            "spark",
            "teaser",
            "chips",
            "empty",
        ):
            assert f'class="{component}' in page.text or f" {component}" in page.text, component
        german = developer.get("/about/style", headers={"accept-language": "de"})
        assert "drittes Quartal 2025" in german.text
