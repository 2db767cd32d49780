"""A story in other forms: what programs that manage references, read Markdown or JSON get."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.config import Settings
from app.domain.dates import parse_edtf
from app.domain.documents import NO_HINTS, Citation, Paragraph, ParsedSource, Published, Sentence, Title
from app.domain.stories import AnalysedStory
from app.importer.formats.markdown import FORMAT as MARKDOWN
from app.resources import resource_dir
from app.store.engine import Store
from app.store.migrations import Migrations
from app.web.application import create_app
from tests.support.findings import checked_story
from tests.support.stories import make_story, store_stories
from tests.web.conftest import HOSTILE

CHECKED = checked_story(1)
TITLE = 'What {braces} & 100 % of $5_000 #1 \\ ~ do: "a" <b>test</b>'


def _told(number: int, published: str | None) -> AnalysedStory:
    base = make_story(number)
    document = replace(
        base.document,
        title=Title(TITLE),
        published=Published(parse_edtf(published), "front-matter") if published else None,
        dek=(Sentence("A dek *with* stars_and_more.", (Citation(2),)),),
        paragraphs=(
            Paragraph(
                (Sentence("1. It begins like a list [sic].", (Citation(1), Citation(2))), Sentence("It goes on.", (), (1, 2)))
            ),
            Paragraph((Sentence("# No heading at all: <i>text</i> & more.", (Citation(2),)),), "A heading with `code`"),
        ),
        sources=(
            ParsedSource(
                1,
                "First & foremost",
                "Text one.",
                outlet="The Sample Wire",
                author="Doe, Jo; Roe",
                published=parse_edtf("2025-11"),
            ),
            ParsedSource(2, "Second [of two]", "Text two.", outlet="Example Daily", url="https://example.com/a_(b)?x={y}&z=%20"),
        ),
        language="de",
    )
    return replace(base, document=document, content_sha256=f"{number:064}")


DATES = {
    40: "2025-12-11",
    41: "2025-12",
    42: "2025",
    43: "2025-21",
    44: "2025-33",
    45: "2025-07~",
    46: "2025-11-20/2025-12-02",
    47: "2025-12-04/..",
    48: None,
}
TOLD = {number: _told(number, published) for number, published in DATES.items()}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('forms') / 'store.db'}"
    with Store(url) as store:
        Migrations(store, resource_dir("migrations")).upgrade()
        store_stories(store, CHECKED, *TOLD.values(), make_story(90, title=HOSTILE, sentence=HOSTILE, outlet=HOSTILE))
    with TestClient(create_app(Settings(database_url=url, base_url="https://news.example"))) as client:
        yield client


def address(story: AnalysedStory) -> str:
    return f"/stories/{story.public_id}/{story.slug}"


def permanent(story: AnalysedStory) -> str:
    return f"https://news.example{address(story)}?revision=1"


def bibtex_entries(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Entries by the grammar of BibTeX: balanced braces, fields apart by commas, months as macros."""
    found, at = [], 0
    while match := re.compile(r"\s*@(\w+)\{([^\s,{}]+),").match(text, at):
        fields: dict[str, str] = {}
        at = match.end()
        while field := re.compile(r"\s*(\w+) = ").match(text, at):
            at = field.end()
            start, depth = at, 0
            while depth or text[at] not in ",\n}":
                escaped = text[at - 1] == "\\" and text[at - 2] != "\\"
                depth += 0 if escaped else {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            value = text[start:at].strip()
            assert re.fullmatch(r"\{.*\}|[a-z]{3}", value, re.DOTALL), value
            assert field[1] not in fields
            fields[field[1]] = value[1:-1] if value.startswith("{") else value
            at += text[at] == ","
        assert text[at:].lstrip().startswith("}"), text[at : at + 60]
        at = text.index("}", at) + 1
        found.append((match[1], match[2], fields))
    assert not text[at:].strip()
    return found


def ris_records(text: str) -> list[dict[str, list[str]]]:
    """Records by the description of RIS: a tag of two characters, two blanks, a hyphen, a blank; CR LF."""
    records: list[dict[str, list[str]]] = []
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            records.append({})
        records[-1].setdefault(match[1], []).append(match[2])
    assert all([*record][:1] == ["TY"] and [*record][-1:] == ["ER"] for record in records)
    return records


def test_bibtex_has_what_is_known_and_survives_what_tex_would_not(client: TestClient) -> None:
    response = client.get(f"{address(TOLD[40])}.bib")
    assert response.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    assert f"dateline-{TOLD[40].public_id}.bib" in response.headers["content-disposition"]
    ((kind, key, fields),) = bibtex_entries(response.text)
    assert (kind, key) == ("misc", f"dateline-{TOLD[40].public_id}")
    assert (
        fields["title"] == r'{What \{braces\} \& 100 \% of \$5\_000 \#1 \textbackslash{} \textasciitilde{} do: "a" <b>test</b>}'
    )
    assert (fields["year"], fields["month"], fields["date"]) == ("2025", "dec", "2025-12-11")
    assert fields["url"] == permanent(TOLD[40])
    assert fields["howpublished"] == "Dateline" and fields["langid"] == "de" and "author" not in fields


@pytest.mark.parametrize(
    ("number", "year", "month"),
    [
        (41, "2025", "dec"),
        (42, "2025", None),
        (43, "2025", None),
        (44, "2025", None),
        (45, "2025", "jul"),
        (46, "2025", None),
        (47, None, None),
    ],
)
def test_a_citation_is_no_more_precise_than_the_date(
    client: TestClient, number: int, year: str | None, month: str | None
) -> None:
    ((_, _, fields),) = bibtex_entries(client.get(f"{address(TOLD[number])}.bib").text)
    assert (fields.get("year"), fields.get("month"), fields["date"]) == (year, month, DATES[number])


def test_a_story_without_a_date_is_cited_without_one(client: TestClient) -> None:
    ((_, _, fields),) = bibtex_entries(client.get(f"{address(TOLD[48])}.bib").text)
    assert not fields.keys() & {"year", "month", "date"}
    (record,) = ris_records(client.get(f"{address(TOLD[48])}.ris").text)
    assert not record.keys() & {"PY", "DA"}
    assert "issued" not in client.get(f"{address(TOLD[48])}.csl.json").json()[0]
    assert ", no date." in client.get(address(TOLD[48])).text


def test_ris_records_are_read_by_their_description(client: TestClient) -> None:
    response = client.get(f"{address(TOLD[40])}.ris")
    assert response.headers["content-type"].startswith("application/x-research-info-systems")
    (record,) = ris_records(response.text)
    assert record["TY"] == ["ELEC"] and record["TI"] == [TITLE] and record["T2"] == ["Dateline"]
    assert record["PY"] == ["2025"] and record["DA"] == ["2025/12/11/"] and record["UR"] == [permanent(TOLD[40])]
    (season,) = ris_records(client.get(f"{address(TOLD[43])}.ris").text)
    assert season["DA"] == ["2025///spring 2025"]


@pytest.mark.parametrize(
    ("number", "issued"),
    [
        (40, {"date-parts": [[2025, 12, 11]]}),
        (41, {"date-parts": [[2025, 12]]}),
        (42, {"date-parts": [[2025]]}),
        (43, {"date-parts": [[2025]], "season": 1}),
        (44, {"date-parts": [[2025, 1, 1], [2025, 3, 31]]}),
        (45, {"date-parts": [[2025, 7]], "circa": True}),
        (46, {"date-parts": [[2025, 11, 20], [2025, 12, 2]]}),
        (47, {"literal": "not before 4 December 2025"}),
    ],
)
def test_csl_items_have_dates_as_csl_writes_them(client: TestClient, number: int, issued: dict[str, Any]) -> None:
    response = client.get(f"{address(TOLD[number])}.csl.json")
    assert response.headers["content-type"].startswith("application/vnd.citationstyles.csl+json")
    (item,) = response.json()
    assert item["issued"] == issued
    assert (item["type"], item["title"], item["URL"]) == ("webpage", TITLE, permanent(TOLD[number]))


def test_the_sources_come_along_when_they_are_asked_for(client: TestClient) -> None:
    entries = bibtex_entries(client.get(f"{address(TOLD[40])}.bib?sources=1").text)
    assert len(entries) == 3
    first, second = (fields for _, _, fields in entries[1:])
    assert (first["author"], first["howpublished"], first["date"]) == ("{Doe, Jo; Roe}", "The Sample Wire", "2025-11")
    assert second["url"] == "https://example.com/a_(b)?x=%7By%7D&z=%20" and "date" not in second
    assert len({key for _, key, _ in entries}) == 3
    assert len(ris_records(client.get(f"{address(TOLD[40])}.ris?sources=1").text)) == 3
    assert [item.get("container-title") for item in client.get(f"{address(TOLD[40])}.csl.json?sources=1").json()] == [
        "Dateline",
        "The Sample Wire",
        "Example Daily",
    ]


@pytest.mark.parametrize("story", [TOLD[40], CHECKED], ids=["awkward", "plain"])
def test_markdown_says_the_same_to_the_importer(client: TestClient, story: AnalysedStory) -> None:
    response = client.get(f"{address(story)}.md")
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    front, body = response.text.split("---\n\n", 1)
    (document,) = MARKDOWN.parse(body, NO_HINTS)
    original = story.document
    assert document.title.text == original.title.text

    def said(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str | None, list[tuple[str, list[int]]]]]:
        return [(p.heading, [(s.text, [c.number for c in s.citations]) for s in p.sentences]) for p in paragraphs]

    dek = Paragraph(original.dek)
    assert said(document.paragraphs) in (said(original.paragraphs), said((dek, *original.paragraphs)))
    urls = [source.url and source.url.replace("{", "%7B").replace("}", "%7D") for source in original.sources]
    assert [(source.number, source.url) for source in document.sources] == list(enumerate(urls, 1))
    assert all(ours.title in theirs.title for ours, theirs in zip(original.sources, document.sources, strict=True))
    assert f'url: "{permanent(story)}"' in front


def test_json_has_what_the_page_shows_and_no_more_of_the_sources(client: TestClient) -> None:
    story = client.get(f"{address(CHECKED)}.json").json()
    assert (story["id"], story["permanent_url"], story["revision"]) == (CHECKED.public_id, permanent(CHECKED), 1)
    assert story["published"] == {"edtf": "2025-12-11", "source": "front-matter"}
    sentences = [sentence for paragraph in story["paragraphs"] for sentence in paragraph["sentences"]]
    assert [sentence["anchor"] for sentence in sentences] == ["s1", "s2", "s3", "s4"]
    assert [sentence["verdict"] for sentence in sentences] == ["supported", "differs", "differs", "misattributed"]
    assert story["sources"][1]["passages"][0]["sentences"] == ["s2"]
    assert all(source["text"] is None for source in story["sources"])
    first = story["findings"][0]
    assert (first["kind"], first["summary_text"], first["source_text"]) == (
        "value",
        "$60 billion",
        "$600 billion",
    )


def test_every_form_of_a_hostile_story_is_whole(client: TestClient) -> None:
    story = make_story(90, title=HOSTILE, sentence=HOSTILE, outlet=HOSTILE)
    assert bibtex_entries(client.get(f"{address(story)}.bib?sources=1").text)
    assert ris_records(client.get(f"{address(story)}.ris?sources=1").text)
    assert client.get(f"{address(story)}.json").json()["title"]["text"] == HOSTILE
    body = client.get(f"{address(story)}.md").text.split("---\n\n", 1)[1]
    assert body.count("\\<script\\>") == body.count("<script") > 1
    page = client.get(address(story)).text
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data and json.loads(data[1])["headline"] == HOSTILE


@pytest.mark.parametrize("form", ["bib", "ris", "csl.json", "md", "json"])
def test_other_forms_follow_the_story(client: TestClient, form: str) -> None:
    moved = client.get(f"/stories/{CHECKED.public_id}/older-title.{form}?revision=1", follow_redirects=False)
    assert moved.status_code == 308 and moved.headers["location"] == f"{address(CHECKED)}.{form}?revision=1"
    short = client.get(f"/stories/{CHECKED.public_id}.{form}?revision=1", follow_redirects=False)
    assert short.headers["location"] == moved.headers["location"]
    assert client.get(f"/stories/{CHECKED.public_id}.{form}x").status_code == 404
    assert client.get(f"{address(CHECKED)}.{form}?revision=9").status_code == 404
    assert client.get(f"/stories/0000000000/x.{form}").status_code == 404


def test_an_id_is_read_as_people_write_it(client: TestClient) -> None:
    moved = client.get(f"/stories/{CHECKED.public_id.upper().replace('0', 'O').replace('1', 'l')}", follow_redirects=False)
    assert moved.headers["location"] == address(CHECKED)


def test_the_page_offers_what_it_takes_to_cite_and_share(client: TestClient) -> None:
    page = client.get(address(CHECKED)).text
    assert f'<p class="ready" id="permanent">{permanent(CHECKED)}</p>' in page
    assert f"part 1.” Dateline, {date(2025, 12, 11):%-d %B %Y}. Revision 1, " in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert (data["@type"], data["datePublished"]) == ("Article", "2025-12-11")
    assert '<meta property="og:title"' in page and '<h1 dir="auto">' in page
    german = client.get(address(TOLD[40])).text
    assert '<h1 lang="de" dir="ltr">' in german and '<div class="summary" lang="de" dir="ltr">' in german
