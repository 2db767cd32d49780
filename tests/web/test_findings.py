"""Findings as readers meet them: at their sentence, side by side, in the list, on their own pages, as feed and table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from app.config import Settings
from app.domain.curation import Action, Decision, Subject
from app.domain.findings import CheckedSentence, Finding, FindingKind, Strength, Verdict
from app.store import finding_decisions
from app.store.check_rows import public_id
from app.store.engine import Store
from app.web.application import create_app
from app.web.findings_view import differing_words, segmented, segments
from tests.support.findings import ELSEWHERE, FIGURE, QUOTATION, address, checked_story
from tests.support.stories import make_story, store_stories
from tests.web.conftest import HOSTILE
from tests.web.test_pages import hrefs
from tests.web.test_templates import Outline

STORY = checked_story(1)
NEWEST = date(2025, 12, 11)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def checked(database_url: str) -> Iterator[TestClient]:
    """A site with a checked story of its own and fourteen others, one of them undated."""
    with Store(database_url) as store:
        store_stories(
            store,
            STORY,
            *(
                checked_story(
                    number,
                    published=NEWEST - timedelta(days=number),
                    outlet="The Other Paper" if number % 2 else "Example Business Daily",
                    category="Policy and Regulation" if number % 3 else "Technology",
                )
                for number in range(2, 15)
            ),
            checked_story(20, published=None),
            make_story(30),
        )
    settings = Settings(database_url=database_url, page_size=10)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def with_settings(database_url: str, **values: object) -> TestClient:
    settings = Settings(database_url=database_url, **values)  # type: ignore[arg-type]
    return TestClient(create_app(settings), raise_server_exceptions=False)


def decide(database_url: str, action: Action, note: str | None = None, found: Finding = FIGURE) -> None:
    decision = Decision(
        action, Subject.FINDING, public_id(STORY.public_id, found), "Ada", datetime(2025, 12, 20, 12, tzinfo=UTC), note=note
    )
    with Store(database_url) as store, store.write() as connection:
        assert finding_decisions.decide(connection, decision)


def story_html(client: TestClient) -> str:
    return client.get(f"/stories/{STORY.public_id}").text


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_story_marks_a_strong_finding_by_word_and_opens_both_passages(checked: TestClient) -> None:
    html = story_html(checked)
    flags = re.findall(r'<button type="button" class="flag" popovertarget="([^"]+)" data-finding>(.*?)</button>', html)
    assert [plain(label) for _, label in flags] == ["≠ Figure differs", "≠ Quotation differs"]
    slip = html.split(f'id="{flags[0][0]}"')[1].split("<div popover")[0]
    assert "Summary $60 billion Source 2 $600 billion" in plain(slip)
    assert "<mark>$60 billion</mark>" in slip and "<mark>$600 billion</mark>" in slip
    assert address(STORY) in hrefs(slip)
    assert '<span class="claim">$60 billion</span>' in html


def test_supported_sentences_and_weak_findings_carry_no_mark(checked: TestClient) -> None:
    html = story_html(checked)
    assert '<span id="s1" class="s">Halcyon Labs will close its next model.<a class="cite"' in html
    assert "flag" not in html.split('id="s4"')[1].split("</p>")[0]
    folded = html.split('<details class="warnings">')[1].split("</details>")[0]
    assert "1 weaker remark" in folded and address(STORY, ELSEWHERE) in folded
    assert not re.search(r'class="flag"', checked.get(f"/stories/{make_story(30).public_id}").text)


def test_a_story_says_in_a_line_how_its_sentences_stand(checked: TestClient) -> None:
    line = plain(story_html(checked).split('<p class="tally">')[1].split("</p>")[0])
    assert line.startswith(
        "4 sentences: 1 supported by its citation, 2 differ from what they cite, 1 found in another source than it cites."
    )
    assert 'class="tally"' not in checked.get(f"/stories/{make_story(30).public_id}").text


def test_what_rests_on_a_citation_carried_forward_is_counted_apart(checked: TestClient, database_url: str) -> None:
    first, second = STORY.document.paragraphs
    opening = replace(first.sentences[1], citations=(), inherited=(1,))
    document = replace(STORY.document, paragraphs=(replace(first, sentences=(first.sentences[0], opening)), second))
    checks = [replace(check, verdict=Verdict.SUPPORTED, findings=()) for check in STORY.analysis.checks]
    carried = replace(STORY, document=document, analysis=replace(STORY.analysis, checks=tuple(checks)))
    with Store(database_url) as store:
        store_stories(store, replace(carried, content_sha256="4" * 64))
    line = plain(story_html(checked).split('<p class="tally">')[1].split("</p>")[0])
    assert line.startswith("4 sentences: 3 supported by their citation, 1 supported by a citation carried forward.")


def test_each_source_says_how_much_of_it_was_used(checked: TestClient, database_url: str) -> None:
    sources = story_html(checked).split('<section class="sources"')[1]
    assert re.findall(r"(\d+) % of its text used", sources) == ["83", "99"]
    unused = replace(STORY, analysis=replace(STORY.analysis, checks=(CheckedSentence("summary", 0, Verdict.UNSUPPORTED),)))
    with Store(database_url) as store:
        store_stories(store, replace(unused, content_sha256="1" * 64))
    assert story_html(checked).count("none of its text used") == 2


def test_an_older_revision_has_no_verdicts(checked: TestClient, database_url: str) -> None:
    with Store(database_url) as store:
        store_stories(store, replace(checked_story(1), content_sha256="2" * 64))
    html = checked.get(f"/stories/{STORY.public_id}?revision=1").text
    assert "This is revision 1" in html
    assert 'class="tally"' not in html and 'class="flag"' not in html and "of its text used" not in html


def test_side_by_side_each_sentence_has_its_passages(checked: TestClient) -> None:
    response = checked.get(f"/stories/{STORY.public_id}/check")
    assert response.status_code == 200
    rows = re.split(r'<li id="', response.text.split('<ol class="parallel">')[1])[1:]
    assert [row.split('"')[0] for row in rows] == ["d1", "s1", "s2", "s3", "s4"]
    assert "Supported" in rows[1] and "Halcyon Labs will close its next model." in plain(rows[1].split("sources-say")[1])
    assert "<mark>$600 billion</mark>" in rows[2]
    assert rows[2].count("Halcyon told its bankers") == 1
    assert "not cited here" in rows[4] and "1 weaker remark" in rows[4]
    assert f'href="/stories/{STORY.public_id}/{STORY.slug}#source-2"' in rows[2]


def test_side_by_side_of_a_story_that_was_not_checked_and_of_none(checked: TestClient) -> None:
    assert "has not been checked" in checked.get(f"/stories/{make_story(30).public_id}/check").text
    assert checked.get("/stories/nosuchid00/check").status_code == 404


def test_the_list_pages_through_strong_ones_first(checked: TestClient) -> None:
    path: str | None = "/findings"
    seen: list[str] = []
    strengths: list[bool] = []
    while path:
        html = checked.get(path).text
        for entry in re.findall(r'<article class="finding(.*?)</article>', html, re.S):
            strengths.append("faint" not in entry.split('"')[0])
            seen.append(re.findall(r'href="(/findings/[^"]+)"', entry)[0])
        further = re.search(r'<a href="([^"]+)" rel="next">', html)
        path = further[1].replace("&amp;", "&") if further else None
    assert len(seen) == len(set(seen)) == 45
    assert strengths == sorted(strengths, reverse=True) and strengths.count(True) == 30
    assert seen[:2] == [address(STORY, QUOTATION), address(STORY, FIGURE)] or set(seen[:2]) == {
        address(STORY, QUOTATION),
        address(STORY, FIGURE),
    }


def test_counts_beside_filters_are_what_the_filters_leave(checked: TestClient) -> None:
    html = checked.get("/findings?strength=strong&from=2025-12-01").text
    options = re.findall(r'<li><a href="([^"]+)"( aria-current="true")?>([^<]+)</a> <b>([\d,]+)</b></li>', html)
    assert {label for *_, label, _ in options} >= {"Strong", "Weak", "Figure", "Quotation", "Halcyon Labs", "The Other Paper"}
    for url, chosen, label, count in options:
        if not chosen and label not in {"Figure", "Quotation", "Weak"}:
            found = checked.get(url.replace("&amp;", "&")).text
            assert f'<p class="count">{count} finding' in found, (label, count)
    assert 'aria-current="true">Strong</a>' in html


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("kind=value", 15),
        ("kind=value&kind=quote", 30),
        ("strength=weak", 15),
        ("entity=halcyon-labs", 45),
        ("entity=rover-4", 0),
        ("outlet=the-other-paper", 12),
        ("category=policy-and-regulation&kind=quote", 9),
        ("state=open", 45),
        ("state=confirmed", 0),
        ("from=2025-12-09&to=2025-12-09&kind=value", 1),
        ("entity=nobody", 0),
    ],
)
def test_filters_work_by_address(checked: TestClient, query: str, total: int) -> None:
    html = checked.get(f"/findings?{query}").text
    assert re.search(rf'<p class="count">{total} findings? under these filters', html) or (
        total == 1 and "1 finding under" in html
    )
    assert (total == 0) == ("Nothing matches." in html)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("kind=gossip", "kind=gossip is not known"),
        ("state=dismissed", "state=dismissed is not known"),
        ("from=soon", "is not a date"),
        ("from=2025&to=2024", "is later than"),
        ("after=nowhere", "is not a place in this list"),
        ("after=weak.undated.99999999999999999999999", "is not a place in this list"),
        ("after=loud.undated.4", "is not a place in this list"),
    ],
)
@pytest.mark.parametrize("form", ["", ".atom", ".csv"])
def test_what_cannot_be_read_is_said(checked: TestClient, query: str, says: str, form: str) -> None:
    response = checked.get(f"/findings{form}?{query}")
    assert response.status_code == 400
    assert says in response.text


def test_a_finding_has_a_page_of_its_own(checked: TestClient) -> None:
    response = checked.get(address(STORY))
    assert response.status_code == 200
    assert "Summary $60 billion Source 2 $600 billion" in plain(response.text)
    assert "The summary says $60 billion; source 2 says $600 billion." in response.text
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{address(STORY)}">' in response.text
    for href in set(hrefs(response.text)):
        if href.startswith("/") and not href.startswith("/static"):
            assert checked.get(href).status_code == 200, href
    assert checked.get("/findings/nosuchid00").status_code == 404


def test_a_quotation_is_marked_word_by_word(checked: TestClient) -> None:
    html = checked.get(address(STORY, QUOTATION)).text
    assert "“We <mark>never</mark> closed the door <mark>on</mark> open weights,”" in html
    assert "“We <mark>have not</mark> closed the door <mark>to</mark> open weights.”" in html


def test_a_confirmed_finding_says_so_with_date_and_note(checked: TestClient, database_url: str) -> None:
    assert "Confirmed" not in story_html(checked)
    decide(database_url, Action.CONFIRM, "The source says $600 billion.")
    for html in (story_html(checked), checked.get(address(STORY)).text, checked.get("/findings?state=confirmed").text):
        assert "Confirmed on 20 December 2025: The source says $600 billion." in plain(html)


def test_a_dismissed_finding_is_gone_from_readers_pages_until_it_is_reopened(checked: TestClient, database_url: str) -> None:
    decide(database_url, Action.DISMISS, "Two different pledges.")
    gone = checked.get(address(STORY))
    assert gone.status_code == 410
    assert "A curator set it aside on 20 December 2025: Two different pledges." in plain(gone.text)
    assert address(STORY) not in hrefs(story_html(checked)) and "figure differs" not in story_html(checked)
    assert address(STORY) not in hrefs(checked.get(f"/stories/{STORY.public_id}/check").text)
    for path in ("/findings?kind=value", "/findings.csv", "/findings.atom"):
        assert address(STORY) not in checked.get(path).text
    decide(database_url, Action.REOPEN)
    assert checked.get(address(STORY)).status_code == 200


def test_the_address_of_a_finding_outlives_it(checked: TestClient, database_url: str) -> None:
    with Store(database_url) as store:
        store_stories(store, replace(checked_story(1, figure=None), content_sha256="3" * 64))
    gone = checked.get(address(STORY))
    assert gone.status_code == 410
    assert f"/stories/{STORY.public_id}/{STORY.slug}" in hrefs(gone.text)


def test_the_feed_has_an_entry_for_each_finding(checked: TestClient) -> None:
    response = checked.get("/findings.atom?kind=value")
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 10
    assert entries[0].findtext(f"{ATOM}id") == f"http://127.0.0.1:8000{address(STORY)}"
    title = entries[0].findtext(f"{ATOM}title") or ""
    assert title.startswith("Summary: $60 billion · Source 2: $600 billion · ")
    assert all(entry.findtext(f"{ATOM}updated") for entry in (feed, *entries))
    links = {link.get("rel"): link.get("href") or "" for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/findings.atom?kind=value") and links["alternate"].endswith("/findings?kind=value")
    rest = ElementTree.fromstring(checked.get(links["next"].removeprefix("http://127.0.0.1:8000")).content)
    assert len(rest.findall(f"{ATOM}entry")) == 5


def test_the_table_has_a_row_for_each_finding(checked: TestClient) -> None:
    response = checked.get("/findings.csv?kind=value")
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == 15
    assert rows[0]["summary_text"] == "$60 billion"
    assert rows[0]["url"] == f"http://127.0.0.1:8000{address(STORY)}"
    assert rows[0]["source"] == "2" and "$600 billion" in rows[0]["source_text"]
    assert "link" not in response.headers


def test_no_source_text_is_shown_where_the_setting_forbids_it(checked: TestClient, database_url: str) -> None:
    with with_settings(database_url, source_text="none") as client:
        paths = [
            f"/stories/{STORY.public_id}",
            f"/stories/{STORY.public_id}/check",
            "/findings",
            "/findings.csv",
            "/findings.atom",
            address(STORY),
            address(STORY, QUOTATION),
        ]
        for path in paths:
            text = client.get(path).text
            assert "bankers" not in text and "have not closed" not in plain(text), path
        assert "$600 billion" in client.get(address(STORY)).text
        assert "does not show the texts of sources" in client.get(address(STORY)).text


def test_text_of_a_finding_is_escaped_and_its_pages_are_sound(checked: TestClient, database_url: str) -> None:
    story = make_story(60, title=HOSTILE, sentence=HOSTILE, source_text=HOSTILE, outlet=HOSTILE)
    hostile = Finding("x", FindingKind.VALUE, Strength.STRONG, "rule", 1, 0, len(HOSTILE) - 4, HOSTILE, HOSTILE, 1, 0, 5)
    checks = (CheckedSentence("summary", 0, Verdict.DIFFERS, None, (), (hostile,)),)
    formula = make_story(61, sentence="=1+1 is a sentence.")
    sum_ = replace(hostile, start=0, end=4, reason="@reason")
    with Store(database_url) as store:
        store_stories(
            store,
            replace(story, analysis=replace(story.analysis, checks=checks)),
            replace(
                formula,
                analysis=replace(formula.analysis, checks=(CheckedSentence("summary", 0, Verdict.DIFFERS, None, (), (sum_,)),)),
            ),
        )
    own = f"/findings/{public_id(story.public_id, hostile)}"
    for path in ("/findings", own, f"/stories/{story.public_id}", f"/stories/{story.public_id}/check"):
        html = checked.get(path).text
        assert "<script>alert" not in html, path
        elements = Outline(html).elements
        assert [tag for tag, _ in elements].count("h1") == 1
        ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert not any("style" in attributes for _, attributes in elements)
    ElementTree.fromstring(checked.get("/findings.atom").content)
    cells = [cell for row in csv.reader(io.StringIO(checked.get("/findings.csv").text)) for cell in row]
    assert "'=1+1 is a sentence." in cells and "'@reason" in cells


def test_outlets_and_names_show_the_share_with_its_count_and_its_meaning(checked: TestClient) -> None:
    outlet = plain(checked.get("/outlets/the-sample-wire").text)
    assert "15 of 45 sentences that cite it (33 %) say what they cite." in outlet
    assert "nothing about how far The Sample Wire can be trusted" in outlet
    assert "15 of 60 sentences in stories about Halcyon Labs (25 %) say what they cite." in plain(
        checked.get("/entities/halcyon-labs").text
    )
    assert "what they cite" not in checked.get("/entities/rover-4").text


def test_about_tells_the_limits(checked: TestClient) -> None:
    text = plain(checked.get("/about").text.split('id="check"')[1])
    for words in ("“Differs” is not “false”", "What it cannot see", "How often it errs", "carried forward", "paraphrase"):
        assert words in text


def test_words_that_differ_do_not_mind_case_and_typography() -> None:
    ours, theirs = "“We Never closed it,” she said", '"we have not closed it" she said'
    marked, others = differing_words(ours, theirs)
    assert [ours[start:end] for start, end in marked] == ["Never"]
    assert [theirs[start:end] for start, end in others] == ["have not"]
    assert differing_words("", "— …") == ([], [])


def test_spans_that_overlap_or_go_too_far_are_marked_once() -> None:
    found = segmented("abcdef", [(4, 99), (0, 2), (1, 3), (5, 5)])
    assert [tuple(segment) for segment in found] == [("abc", True), ("d", False), ("ef", True)]
    assert segmented("", []) == ()


def test_of_a_long_passage_what_is_far_from_the_difference_is_left_out() -> None:
    far, near = "far away " * 100, "right beside "
    text = f"{far}{near}$600 billion {near}{far}{near}three years {near}{far}"
    spans = [(start := text.index(words), start + len(words)) for words in ("$600 billion", "three years")]
    shown = segments(text, spans)
    assert [segment.text for segment in shown if segment.marked] == ["$600 billion", "three years"]
    assert [segment.text.count("right beside") for segment in shown if not segment.marked] == [1, 2, 1]
    assert [segment.text.count("…") for segment in shown if not segment.marked] == [1, 2, 1]
    assert sum(len(segment.text) for segment in shown) < len(text) / 2

    [unmarked] = segments(text, [])
    assert unmarked.text.endswith("…") and len(unmarked.text) < len(text) / 2
    assert "".join(segment.text for segment in segments(near, [])) == near
