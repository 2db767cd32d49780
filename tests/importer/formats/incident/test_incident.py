"""Incidents with their reports: a story whose sources are the reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import NO_HINTS, ParsedDocument, ParseError, Role
from app.domain.findings import Verdict
from app.importer.accounting import uncovered
from app.importer.formats import incident, recognise
from app.importer.identity import identity_key
from tests.importer.formats.kagi.support import executed_lines
from tests.support.checking import checked

DEPLOYER, DEVELOPER = "Alleged deployer of AI system", "Alleged developer of AI system"
HARMED = "Alleged harmed or nearly harmed parties"


def report(number: int, **values: Any) -> dict[str, Any]:
    return {
        "_id": f"r{number}",
        "authors": "Ola Brand, Ada Lund",
        "date_downloaded": "2026-02-02",
        "date_modified": "2026-02-03",
        "date_published": "2026-01-15",
        "date_submitted": "2026-02-01",
        "description": "What a feed said of it.",
        "epoch_date_published": "1768435200",
        "image_url": "https://marsh.example/i.png",
        "language": "en",
        "ref_number": "",
        "report_number": str(number),
        "source_domain": "marsh.example",
        "submitters": "Anonymous",
        "text": f"Report {number} tells of it.\n\nIt has   two paragraphs.",
        "title": f"Title {number}",
        "url": f"https://marsh.example/{number}",
        "tags": "birds",
        **values,
    }


def row(**values: Any) -> dict[str, Any]:
    return {
        "_id": "i5",
        "incident_id": "5",
        "date": "2026-01-14",
        "reports": "[12,11]",
        DEPLOYER: '["heron-airways"]',
        DEVELOPER: '["plover","Acme Robotics Inc."]',
        HARMED: '["passengers","crew","Dr. Jo Doe"]',
        "description": "A chatbot of Heron Airways promised a refund. It was wrong.",
        "title": "Chatbot promises a refund",
        **values,
    }


def written(incident_row: Any = None, reports: Any = None) -> str:
    value = {"incident": incident_row or row(), "reports": [report(11), report(12)] if reports is None else reports}
    return json.dumps(value, indent=1, ensure_ascii=False)


def parse(text: str) -> ParsedDocument:
    (story,) = incident.FORMAT.parse(text, NO_HINTS)
    assert uncovered(text, story.spans) == []
    return story


def read(*reports: dict[str, Any], **values: Any) -> ParsedDocument:
    return parse(written(row(**values), list(reports) or None))


def codes(story: ParsedDocument) -> list[str]:
    return [warning.code for warning in story.warnings]


def parties(story: ParsedDocument) -> list[str]:
    return [sentence.text for paragraph in story.paragraphs if paragraph.heading == "Parties" for sentence in paragraph.sentences]


def refusal(text: str) -> ParseError:
    with pytest.raises(ParseError) as caught:
        incident.FORMAT.parse(text, NO_HINTS)
    return caught.value


def test_an_incident_is_a_story() -> None:
    assert recognise(written()).name == "ai-incident"
    assert not incident.FORMAT.digest
    story = read()
    assert story.warnings == ()
    assert (story.format, story.title.text, story.title.derived) == ("ai-incident", "Chatbot promises a refund", None)
    assert (story.id, story.url) == ("aiid:5", "https://incidentdatabase.ai/cite/5/")
    assert (story.category, story.language, story.dek) == ("AI incidents", None, ())
    assert story.published is not None
    assert (story.published.interval.edtf, story.published.source) == ("2026-01-14", "document")
    assert identity_key(story) == "origin::aiid:5"
    summary = story.paragraphs[0]
    assert [sentence.text for sentence in summary.sentences] == ["A chatbot of Heron Airways promised a refund.", "It was wrong."]
    assert (summary.heading, any(sentence.citations for sentence in story.sentences)) == (None, False)


def test_reports_are_the_sources_in_the_order_of_the_incident() -> None:
    story = read()
    assert [(source.number, source.title) for source in story.sources] == [(1, "Title 12"), (2, "Title 11")]
    first = story.sources[0]
    assert (first.outlet, first.url, first.author) == ("marsh.example", "https://marsh.example/12", "Ola Brand, Ada Lund")
    assert first.published is not None
    assert first.published.edtf == "2026-01-15"
    assert first.text == "Report 12 tells of it.\n\nIt has two paragraphs."


@pytest.mark.parametrize("listed", ["[12,11]", '["12", "11"]', "12, 11", "12,11", "[12.0, 11.0]", [12, 11], "[12, 12, 11]"])
def test_a_list_may_be_written_in_several_ways(listed: Any) -> None:
    assert [source.title for source in read(reports=listed).sources] == ["Title 12", "Title 11"]


@pytest.mark.parametrize("listed", ["", "[]", None])
def test_without_a_list_reports_come_as_they_are(listed: Any) -> None:
    assert [source.title for source in read(reports=listed).sources] == ["Title 11", "Title 12"]


def test_parties_are_named_in_sentences() -> None:
    assert parties(read()) == [
        "Alleged deployer: Heron Airways.",
        "Alleged developer: Plover and Acme Robotics Inc.",
        "Alleged harmed or nearly harmed parties: Passengers, Crew and Dr. Jo Doe.",
    ]


def test_parties_are_not_compared_with_reports() -> None:
    story = read(**{DEPLOYER: '["Nobody else"]'})
    checks = [check for check in checked(story) if check.part == "summary"]
    assert [check.verdict for check in checks[-3:]] == [Verdict.UNCHECKED] * 3
    assert not any(check.findings for check in checks[-3:])
    assert all(check.verdict is not Verdict.UNCHECKED for check in checks[:-3])


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ('["openbird"]', "Openbird"),
        ("openbird, heron-airways", "Openbird and Heron Airways"),
        ('["OpenBird","Coca-Plover"]', "OpenBird and Coca-Plover"),
        ('["Plover, Lund & Co"]', "Plover, Lund & Co"),
        ('["a \\"bird\\" firm"]', 'a "bird" firm'),
        (["openbird"], "Openbird"),
        ('["unclosed', "Unclosed"),
    ],
)
def test_names_are_readable(value: Any, names: str) -> None:
    assert parties(read(**{DEPLOYER: value, DEVELOPER: "", HARMED: "[]"})) == [f"Alleged deployer: {names}."]


def test_nobody_named_means_no_paragraph() -> None:
    story = read(**{DEPLOYER: "[]", DEVELOPER: None, HARMED: ""})
    assert [paragraph.heading for paragraph in story.paragraphs] == [None]
    assert story.warnings == ()


def test_a_description_is_one_paragraph() -> None:
    assert len(read(description="One.\n\nTwo.", **{DEPLOYER: "", DEVELOPER: "", HARMED: ""}).paragraphs) == 1


def test_reports_that_are_missing_are_reported_and_the_others_numbered_through() -> None:
    story = read(reports="[10,12,13,11]")
    assert [(source.number, source.title) for source in story.sources] == [(1, "Title 12"), (2, "Title 11")]
    assert [(warning.code, warning.excerpt) for warning in story.warnings] == [("missing-report", "10"), ("missing-report", "13")]


def test_without_reports_there_is_still_a_story() -> None:
    story = parse(json.dumps({"incident": row(reports="[3]")}))
    assert (story.sources, codes(story)) == ((), ["missing-report"])


def test_reports_that_are_not_listed_are_left_out_with_one_warning_each() -> None:
    story = read(reports="[11]")
    assert [source.title for source in story.sources] == ["Title 11"]
    assert [(warning.code, warning.excerpt) for warning in story.warnings] == [("unlisted-report", "Title 12")]
    assert Role.UNRECOGNISED in {span.role for span in story.spans}


def test_a_report_given_twice_counts_once() -> None:
    story = read(report(11), report(11, title="Again"), reports="[11]")
    assert ([source.title for source in story.sources], codes(story)) == (["Title 11"], ["unlisted-report"])


@pytest.mark.parametrize("date", ["2026-13-01", "2026-02-30", "14/01/2026", "soon"])
def test_bad_dates_are_unknown_with_a_warning(date: str) -> None:
    story = read(report(11, date_published=date), date=date, reports="[11]")
    assert (story.published, story.sources[0].published, codes(story)) == (None, None, ["bad-date", "bad-date"])


@pytest.mark.parametrize("date", ["", None])
def test_missing_dates_are_unknown_without_a_warning(date: Any) -> None:
    story = read(report(11, date_published=date), date=date, reports="[11]")
    assert (story.published, story.sources[0].published, codes(story)) == (None, None, [])


def test_a_time_beside_a_date_is_cut_off() -> None:
    story = read(report(11, date_published="2026-01-15T22:00:00.000Z"), reports="[11]")
    assert story.sources[0].published is not None
    assert story.sources[0].published.edtf == "2026-01-15"


def test_a_bad_address_is_left_out_with_a_warning() -> None:
    story = read(report(11, url="javascript:alert(1)"), reports="[11]")
    assert (story.sources[0].url, codes(story)) == (None, ["bad-url"])


def test_a_report_without_text_has_none() -> None:
    story = read(report(11, text="", authors="", source_domain=""), reports="[11]")
    source = story.sources[0]
    assert (source.text, source.author, source.outlet, codes(story)) == ("", None, None, [])


@pytest.mark.parametrize("number", ["", None, "five", "5/../x", "-5"])
def test_without_a_number_there_is_no_id_and_no_address(number: Any) -> None:
    story = read(incident_id=number)
    assert (story.id, story.url, codes(story)) == (None, None, ["no-incident-id"])


def test_a_missing_title_is_derived() -> None:
    story = read(title="")
    assert (story.title.text, story.title.derived) == ("A chatbot of Heron Airways promised a refund.", "summary")
    story = read(title="", description="")
    assert (story.title.text, story.title.derived, codes(story)) == ("Title 12", "source", ["no-summary"])


def test_unknown_columns_with_content_are_reported() -> None:
    story = read(report(11, mood="grim", flag=""), editors="Ada", reports="[11]")
    assert [warning.excerpt for warning in story.warnings] == ['"editors": "Ada"', '"mood": "grim"']


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json"),
        ('{"incident": {', "json"),
        ("[" * 5_000, "json-depth"),
        ("{}", "no-incident"),
        ("[1]", "no-incident"),
        ('{"incident": "5"}', "no-incident"),
        ('{"incident": {}}', "no-story"),
        ('{"incident": {"incident_id": "5"}, "reports": [{"report_number": "1", "title": ""}]}', "no-story"),
    ],
)
def test_other_documents_are_refused(text: str, code: str) -> None:
    assert refusal(text).code == code


def test_other_documents_are_not_taken_for_it() -> None:
    assert incident.FORMAT.sniff(json.dumps({"reports": [report(1)], "incident": row()})) > 0.5
    for head in ("", "[1]\nA title", '{"clusters": [{"title": "incident"}]}', '[{"incident": {"incident_id": "5"}}]'):
        assert incident.FORMAT.sniff(head) == 0


def check(text: str) -> None:
    assert 0 <= incident.FORMAT.sniff(text[:4096]) <= 1
    code = None
    try:
        story = parse(text)
    except ParseError as error:
        code = error.code
    else:
        assert story.title.text
        assert all(paragraph.sentences for paragraph in story.paragraphs)
        assert [source.number for source in story.sources] == list(range(1, len(story.sources) + 1))
        repr(story).encode()
    assert code in (None, "json", "json-depth", "no-incident", "no-story")


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(written())), st.integers(0, 40), st.text(max_size=3)), min_size=1, max_size=4))
def test_a_file_that_was_damaged(cuts: list[tuple[int, int, str]]) -> None:
    text = written()
    for at, length, put in cuts:
        text = text[:at] + put + text[at + length :]
    check(text)


ODD = st.recursive(
    st.sampled_from([None, True, 0, 10**30, 1.5, "", " ", "[", '["', "[]", ",", '["a\\', "2026-01-01", "11"])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "x"]), inner, max_size=2),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(list(row())), ODD, max_size=5),
    st.dictionaries(st.sampled_from(list(report(1))), ODD, max_size=5),
    ODD,
)
def test_values_of_any_kind_anywhere(values: dict[str, Any], of_report: dict[str, Any], other: Any) -> None:
    check(json.dumps({"incident": row(**values), "reports": [report(11, **of_report), other, report(12)]}))
    check(json.dumps({"incident": row(**values), "reports": other}))


SHAPES: dict[str, Callable[[int], str]] = {
    "reports": lambda n: written(row(reports=",".join(map(str, range(n)))), [report(i) for i in range(n)]),
    "missing reports": lambda n: written(row(reports=",".join(map(str, range(n)))), []),
    "one report": lambda n: written(row(), [report(11)] * n),
    "names": lambda n: written(row(**{DEPLOYER: json.dumps([f"name-{i}" for i in range(n)])})),
    "sentences": lambda n: written(row(description="It was. " * n)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_length(shape: str) -> None:
    work = [executed_lines(partial(incident.FORMAT.parse, SHAPES[shape](size), NO_HINTS)) for size in (100, 200)]
    assert work[1] < 2.3 * work[0]


@pytest.mark.parametrize("piece", ['"', "\\", '\\"', "[", ",", '["', "a", " ", "-"])
def test_one_endless_list_is_read(piece: str) -> None:
    value = "[" + piece * 500_000
    assert incident.FORMAT.parse(written(row(reports=value, **{DEPLOYER: value}), []), NO_HINTS)
