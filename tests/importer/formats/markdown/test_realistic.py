"""One report of two pages with fifteen sources, as each exporter writes it: every citation at its sentence, nothing left over."""

from __future__ import annotations

import pytest

from app.domain.documents import ParsedDocument, Role
from app.importer.formats import all_formats, recognise
from tests.importer.formats.markdown.support import Summary, printed, summary_of, well_formed

TITLE = "The tidal year: who ran servers under water in 2025"
#: Heading, whether it is a list, and the paragraphs: sentences with what they cite.
REPORT: list[tuple[str | None, bool, Summary]] = [
    (
        None,
        False,
        [
            [
                ("Tidal computing, which puts server racks beside turbines, moved from pilots to contracts in 2025.", [1]),
                ("Three operators, Brinewave, Kelpline and Northmark, now hold 71% of what is installed.", [2, 3]),
                ("Growth of 3.5 percent a quarter is expected through 2027.", [3]),
                ('Analysts at Quay Research call it "the slow boom".', [4]),
                ("Others are not so sure.", []),
            ]
        ],
    ),
    (
        "Supply",
        False,
        [
            [
                ("The first wave was about proof.", []),
                (
                    "Ada Quill, who runs Brinewave, said that the firm had no intention of selling power; it wanted to sell tokens.",
                    [5],
                ),
                ("In 2024, the firm ran 2.5 MW at its Orkney site.", [6]),
                ("By March it ran 14 MW.", [12]),
                ("Mr. Oar, its chief engineer, spoke of a U.S. site (the fourth) for the end of next year.", [7, 12]),
            ],
            [
                ("Kelpline went another way.", []),
                ("It rents its turbines, e.g. from Northmark Inc., and pays $0.04 a kilowatt-hour.", [8]),
                ("Would a larger firm do the same?", []),
                ("Not yet!", [9]),
            ],
        ],
    ),
    (
        "Who pays",
        True,
        [
            [("Labs: those that need inference rather than training.", [10]), ("Ternlet 4.5 was served from a barge.", [11])],
            [("Banks: two of them, with 5,000 racks between them.", [13])],
            [("States: Norway and, since 2023, Scotland.", [14])],
        ],
    ),
    (
        "What may go wrong",
        False,
        [
            [
                ("Salt is the first worry (see the note by Harrow & Pike).", [15]),
                ("Cables are the second: a ship that mends them costs 40,000 euros a day.", [13, 15]),
                ("Version 2.1 of the safety code comes in May; it asks for more.", [14]),
                ("Nobody has said what it will cost.", []),
            ]
        ],
    ),
]
TITLES = [
    *(
        "Tides meet contracts",
        "Market map 2025",
        "The slow boom",
        "Why the boom is slow",
        'Quill: "We sell tokens"',
        "Orkney log (2024)",
    ),
    *(
        "An engineer speaks",
        "What a turbine rents for",
        "Too big to float?",
        "Inference at sea",
        "Ternlet takes a barge",
        "Fourteen megawatts",
    ),
    *("Racks and banks", "States at sea", "Note 14: salt"),
]
OUTLETS = ["Harbour Gazette", "Quay Research", "Tern Review", "The Estuary Ledger", "Example Wire"]


def outlet(number: int) -> str:
    return OUTLETS[number % len(OUTLETS)]


def address(number: int) -> str:
    return f"https://source{number}.example/a_page?id={number}&lang=en"


def rendered(mark: str, listing: str, *, heading: str = "##", title: str = TITLE) -> str:
    """The report with ``mark`` saying how a sentence carries its citations: before its stop, or after."""
    parts = [f"# {title}"]
    for name, is_list, paragraphs in REPORT:
        if name:
            parts.append(f"{heading} {name}")
        rows = [" ".join(_marked(text, numbers, mark) for text, numbers in sentences) for sentences in paragraphs]
        parts.append("\n".join(f"* {row}  " for row in rows) if is_list else "\n\n".join(rows))
    return "\n\n".join([*parts, listing]) + "\n"


def _marked(text: str, numbers: list[int], mark: str) -> str:
    place, _, shape = mark.partition(" ")
    stop = text[-1]
    if shape == "digits":
        # a report of Gemini's has one number at a stop; several stand at commas
        markers = str(numbers[0]) if numbers else ""
        if place == "after" and numbers and text[-2].isdigit():
            stop = f"\\{stop}"
    elif shape == "list":
        markers = f"[{', '.join(map(str, numbers))}]" if numbers else ""
    else:
        markers = "".join(shape.format(number) for number in numbers)
    return text[:-1] + (f"{markers}{stop}" if place == "before" else f"{stop}{markers}")


NUMBERED = "".join(f"{n}. [{title}]({address(n)}) - {outlet(n)}, {n} May 2025\n" for n, title in enumerate(TITLES, 1))
WORKS_CITED = "#### **Works cited**\n\n" + "".join(
    f"{n}. {title} \\- {outlet(n)}, accessed October 5, 2025, [{address(n)}]({address(n).replace('_', chr(92) + '_')})  \n"
    for n, title in enumerate(TITLES, 1)
)
FOOTNOTES = "".join(f"[^{n}]: {outlet(n)}: {title}. {address(n)}\n" for n, title in enumerate(TITLES, 1))
TURN = '<div align="center">⁂</div>\n\n' + "\n\n".join(f"[^1_{n}]: {address(n)}" for n in range(1, 16))
LOGO = '<img src="https://r2cdn.perplexity.ai/pplx-full-logo-primary-dark%402x.png" style="height:64px"/>\n\n'

REPORTS = {
    "markdown numbers before the stop": rendered("before  [{0}]", f"## Sources\n\n{NUMBERED}"),
    "markdown numbers after the stop": rendered("after [{0}]", f"**Sources**\n\n{NUMBERED}"),
    "markdown lists of numbers": rendered("before list", f"## References\n\n{NUMBERED}"),
    "markdown superscripts": rendered("after <sup>{0}</sup>", f"## References\n\n{NUMBERED}"),
    "markdown footnotes": rendered("after [^{0}]", FOOTNOTES),
    "markdown links": rendered("after [[{0}]](https://source{0}.example/a_page)", f"## Links\n\n{NUMBERED}"),
    "gemini after the stop": rendered("after digits", WORKS_CITED, heading="###", title=f"**{TITLE}**"),
    "gemini before the stop": rendered("before digits", WORKS_CITED, heading="###", title=f"**{TITLE}**"),
    "perplexity": LOGO + rendered("after [^1_{0}]", TURN),
    "chatgpt": rendered("after 【{0}†source】", f"## Sources\n\n{NUMBERED}"),
}


def expected(name: str) -> Summary:
    paragraphs = [sentences for _, _, paragraphs in REPORT for sentences in paragraphs]
    if name.startswith("gemini"):
        return [[(text, numbers[:1]) for text, numbers in sentences] for sentences in paragraphs]
    return paragraphs


def read(name: str) -> ParsedDocument:
    text = REPORTS[name]
    assert recognise(text).name == name.split()[0]
    (form,) = [form for form in all_formats() if form.name == name.split()[0]]
    return well_formed(form, text)


@pytest.mark.parametrize("name", REPORTS)
def test_every_citation_is_at_its_sentence(name: str) -> None:
    document = read(name)
    assert document.title.text == TITLE
    assert summary_of(document) == expected(name)
    assert [paragraph.heading for paragraph in document.paragraphs if paragraph.heading] == [
        "Supply",
        "Who pays",
        "What may go wrong",
    ]
    assert not [citation for sentence in document.sentences for citation in sentence.citations if citation.uncertain]


@pytest.mark.parametrize("name", REPORTS)
def test_every_source_is_what_it_says(name: str) -> None:
    document = read(name)
    assert [source.number for source in document.sources] == list(range(1, 16))
    assert [source.url for source in document.sources] == [address(n) for n in range(1, 16)]
    titles = [source.title for source in document.sources]
    if name == "perplexity":
        assert titles == [address(n).removeprefix("https://") for n in range(1, 16)]
    elif name == "markdown footnotes":
        assert titles == [f"{outlet(n)}: {title}" for n, title in enumerate(TITLES, 1)]
    else:
        assert titles == TITLES
        assert [source.outlet for source in document.sources] == [outlet(n) for n in range(1, 16)]
    days = [source.published.edtf if source.published else None for source in document.sources]
    assert days == [
        f"2025-05-{n:02}" if REPORTS[name].endswith(NUMBERED) or NUMBERED in REPORTS[name] else None for n in range(1, 16)
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_every_citation_is_accounted_for(name: str) -> None:
    document = read(name)
    count = sum(len(sentence.citations) for sentence in document.sentences)
    if name == "markdown lists of numbers":
        count = sum(1 for sentence in document.sentences if sentence.citations)
    claimed = printed(document, REPORTS[name], Role.CITATION)
    assert len(claimed) == count
    assert all(any(map(str.isdigit, marker)) for marker in claimed)


@pytest.mark.parametrize("name", REPORTS)
def test_line_endings_make_no_difference(name: str) -> None:
    document = read(name)
    (form,) = [form for form in all_formats() if form.name == document.format]
    other = well_formed(form, REPORTS[name].replace("\n", "\r\n"))
    assert (other.title, other.paragraphs, other.sources) == (document.title, document.paragraphs, document.sources)
