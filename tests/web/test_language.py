"""The language that a reader gets, and what is kept for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.domain.dates import parse_edtf
from app.web import i18n, words
from app.web.templating import Templates
from tests.support.stories import make_story

GERMAN = {"accept-language": "de-AT, de;q=0.9, en;q=0.8"}


@pytest.fixture
def german() -> Iterator[None]:
    """Everything in this test is put into German words."""
    i18n.set_language("de")
    yield
    i18n.set_language(i18n.SOURCE)


@pytest.mark.parametrize(
    ("accepted", "cookies", "code"),
    [
        ("", "", "en"),
        ("*", "", "en"),
        ("de", "", "de"),
        ("de-CH", "", "de"),
        ("fr, de;q=0.2", "", "de"),
        ("en;q=0.3, de-CH;q=0.7", "", "de"),
        ("de;q=0", "", "en"),
        ("de;q=x, , ;", "", "en"),
        ("de", "language=en", "en"),
        ("en", "a=b; language=de", "de"),
        ("de", "language=klingon", "de"),
        ("", "xlanguage=de", "en"),
    ],
)
def test_a_choice_counts_before_what_the_browser_accepts(accepted: str, cookies: str, code: str) -> None:
    assert i18n.negotiate(accepted.encode(), cookies.encode()) == code


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
class TestPages:
    """Pages of a site, asked for in different ways."""

    def test_the_page_says_which_language_it_is_in(self, client: TestClient) -> None:
        english, german = client.get("/timeline"), client.get("/timeline", headers=GERMAN)
        assert '<html lang="en">' in english.text and ">Skip to the content<" in english.text
        assert '<html lang="de">' in german.text and ">Zum Inhalt springen<" in german.text
        assert {"Accept-Language", "Cookie"} <= {name.strip() for name in german.headers["vary"].split(",")}

    @pytest.mark.parametrize("path", ["/watch.atom", "/findings.atom", f"/stories/{make_story(7).public_id}.bib", "/nowhere"])
    def test_whatever_may_be_in_another_language_says_so(self, client: TestClient, path: str) -> None:
        assert "Accept-Language, Cookie" in client.get(path).headers["vary"]

    def test_browsers_that_want_the_same_share_a_page(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch, database_url: str
    ) -> None:
        made: list[str] = []
        page = Templates.page

        def counted(self: Templates, *arguments: object, **options: object) -> object:
            made.append(i18n.language().code)
            return page(self, *arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(Templates, "page", counted)
        for accepted in ("de", "de-AT, en;q=0.5", "DE;q=0.9", "en-GB", "en-US, de;q=0.1", "pt"):
            client.get("/about", headers={"accept-language": accepted})
        client.get("/about", headers={"cookie": "language=de; other=1"})
        assert made == ["de", "en"]

    def test_the_switch_keeps_the_choice_and_leads_back(self, client: TestClient) -> None:
        here = {"referer": "http://testserver/timeline?type=launch"}
        answer = client.post("/language/de", headers=here, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/timeline?type=launch")
        assert "httponly" in answer.headers["set-cookie"].lower()
        assert '<html lang="de">' in client.get("/").text
        client.post("/language/en", headers=here)
        assert '<html lang="en">' in client.get("/", headers=GERMAN).text

    @pytest.mark.parametrize("referer", ["", "https://elsewhere.example/timeline", "http://testserver"])
    def test_the_switch_leads_nowhere_else(self, client: TestClient, referer: str) -> None:
        answer = client.post("/language/de", headers={"referer": referer}, follow_redirects=False)
        assert answer.headers["location"] == "/"

    def test_a_path_that_looks_like_a_host_stays_here(self, client: TestClient) -> None:
        answer = client.post("/language/de", headers={"referer": "http://testserver//elsewhere.example"}, follow_redirects=False)
        assert answer.headers["location"] == "/elsewhere.example"

    def test_a_language_that_is_not_there_is_not_set(self, client: TestClient) -> None:
        answer = client.post("/language/klingon")
        assert answer.status_code == 404 and "set-cookie" not in answer.headers

    def test_constants_are_not_put_into_words_once_for_all(self, client: TestClient) -> None:
        site = client.app.state.site  # type: ignore[attr-defined]
        template = site.templates._environment.from_string('{{ 2310 | number }} {{ 2 | counted("story", "stories") }}')
        assert template.render() == "2,310 2 stories"
        i18n.set_language("de")
        try:
            assert template.render() == "2.310 2 Meldungen"
        finally:
            i18n.set_language(i18n.SOURCE)

    def test_words_of_documents_keep_their_language(self, client: TestClient) -> None:
        page = f"/stories/{make_story(7).public_id}"
        assert re.search(r'<h1 dir="auto">Halcyon', client.get(page).text)
        german = client.get(page, headers=GERMAN).text
        assert re.search(r'<h1 lang="en" dir="auto">Halcyon', german)
        assert 'dir="auto"' not in german.replace('lang="en" dir="auto"', "")

    def test_what_is_filled_into_a_message_is_escaped(self, client: TestClient) -> None:
        site = client.app.state.site  # type: ignore[attr-defined]
        template = site.templates._environment.from_string("{% trans %}<b>{{ name }}</b> by {{ count }} %{% endtrans %}")
        assert template.render(name="<i>", count=1234) == "<b>&lt;i&gt;</b> by 1,234 %"


@pytest.mark.parametrize(
    ("edtf", "says"),
    [
        ("2025-11-18", "18. November 2025"),
        ("2026-21", "Frühjahr 2026"),
        ("2025-24", "Winter 2025–26"),
        ("2025-35", "drittes Quartal 2025"),
        ("2025-40", "erstes Halbjahr 2025"),
        ("202X", "2020er-Jahre"),
        ("2025-07~", "etwa Juli 2025"),
        ("2031-05-19/2031-05-20", "19.–20. Mai 2031"),
        ("2025-02/2025-04", "Februar bis April 2025"),
        ("../2025-12-04", "spätestens am 4. Dezember 2025"),
    ],
)
@pytest.mark.usefixtures("german")
def test_dates_in_german(edtf: str, says: str) -> None:
    assert words.interval(parse_edtf(edtf)) == says


@pytest.mark.usefixtures("german")
def test_counts_and_lists_in_german() -> None:
    assert words.counted(1, "story", "stories") == "1 Meldung"
    assert words.counted(2310, "story", "stories") == "2.310 Meldungen"
    assert words.listed(["A", "B", "C"]) == "A, B und C"
    assert words.weekday(parse_edtf("2025-11-18").sort_date) == "Di"
