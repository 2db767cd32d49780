"""Whole pages."""

from __future__ import annotations

import pytest

from app.domain.documents import RankedTopic, RelatedLink, Role, Title
from app.importer.formats import recognise
from app.importer.formats.story_html import FORMAT, sniff
from tests.importer.formats.story_html.support import page, parse, parse_or_refuse, specimen, summary_of, texts, warning_codes

NAMES = ("story_page", "article", "wiki", "text_layout")


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_recognised(name: str) -> None:
    assert sniff(specimen(name)[:4096]) == 0.9
    assert recognise(specimen(name)) is FORMAT


@pytest.mark.parametrize(
    "head", ["\ufeff\n<!doctype HTML><p>x", "<!-- a --> <!-- b -->\n<HTML lang=en>", "<?xml version='1.0'?><html>"]
)
def test_a_page_may_begin_with_blanks_and_comments(head: str) -> None:
    assert sniff(head) == 0.9


def test_a_head_full_of_tags_is_probably_a_page() -> None:
    assert sniff("<div>" + "<p>x</p>" * 10) == 0.5


@pytest.mark.parametrize(
    "head",
    [
        "# A digest\n\n<p>x</p><div>y</div>" + "<p>x</p>" * 20,
        "A text that tells of <html>.",
        "[1]\nTitle\nText",
        "",
        "<!--" * 1000,
        "{}",
    ],
)
def test_other_texts_are_not_recognised(head: str) -> None:
    assert sniff(head) == 0


def test_story_page() -> None:
    document = parse(specimen("story_page"))
    assert document.title == Title("Kestrel Doubles the Price of Plover & Blames Power")
    assert document.url == "https://post.example/news-story/kestrel-doubles-the-price-of-plover-4711/"
    assert document.language == "en"
    assert document.published is not None
    assert (document.published.interval.edtf, document.published.source) == ("2025-11-03", "document")
    assert [sentence.text for sentence in document.dek] == [
        "Kestrel will charge twice as much for Plover.",
        'Its customers have "10 blue links" to compare it with.',
    ]
    assert [paragraph.heading for paragraph in document.paragraphs] == ["What Plover 3 Costs Now", None, "Who Pays?"]
    assert summary_of(document) == [
        [
            ("The price of Plover3-mini rises to $4 a month.", [1]),
            ("Kestrel named the cost of power as its reason.", [1, 2]),
            ("No date was given.", []),
        ],
        [("Analysts at Fen & Marsh called it “overdue”, and Kestrel's shares rose.", [2])],
        [("Schools keep the old price until the summer.", [1])],
    ]
    first, second = document.sources
    assert (first.number, first.title, first.outlet) == (1, "Plover gets dearer", "Estuary Ledger")
    assert first.url == "https://ledger.example/plover-price?a=1&b=2"
    assert first.published is not None and first.published.edtf == "2025-11-02"
    assert first.text == "Kestrel told its customers on Sunday that Plover would cost twice as much from next month."
    assert (second.number, second.title, second.outlet, second.text) == (2, "Power is the new rent", "Sample Wire", "")
    assert second.published is not None and second.published.edtf == "2025-11-01"
    assert document.declared_sources == 2
    assert document.warnings == ()


def test_related_and_ranked_stories_keep_titles_and_links() -> None:
    document = parse(specimen("story_page"))
    assert [(link.title, link.url, link.published and link.published.edtf, link.category) for link in document.related] == [
        ("Plover 2 goes quiet", "https://post.example/news-story/plover-2-goes-quiet-4001", "2024-12-04", "Technology"),
        ("Kestrel hires a poet", "https://post.example/news-story/kestrel-hires-3990", "2024-07-26", None),
    ]
    assert document.ranked == (
        RankedTopic(1, "Technology", "A robot learns to knit"),
        RankedTopic(2, "Policy and Regulation", "A bill about bills"),
    )


def test_spans_are_exact_through_entities_and_line_ends() -> None:
    text = specimen("story_page").replace("\n", "\r\n")
    document = parse(text)
    assert texts(text, document, Role.TITLE) == ["Kestrel Doubles the Price of Plover &amp; Blames Power"]
    assert texts(text, document, Role.CITATION) == ["1", "1", "2", "2", "1"]
    assert "Analysts at Fen &amp; Marsh called it &ldquo;overdue&rdquo;" in texts(text, document, Role.SUMMARY)
    assert ", and Kestrel&#39;s shares rose." in texts(text, document, Role.SUMMARY)
    assert texts(text, document, Role.SOURCE_TITLE) == ["Plover gets dearer", "Power is the new rent"]
    assert texts(text, document, Role.RELATED)[1] == "04 Dec 2024•Technology"
    assert all("<" not in span for role in (Role.SUMMARY, Role.DEK, Role.HEADING) for span in texts(text, document, role))


def test_article_without_landmarks_and_with_markers_as_text() -> None:
    document = parse(specimen("article"))
    assert document.title == Title("Tarn leiht Rechenzeit")
    assert (document.url, document.language) == ("https://blatt.example/tarn", "de-AT")
    assert document.published is not None and document.published.interval.edtf == "2025-06-30"
    assert [sentence.text for sentence in document.dek] == [
        "Die Firma Tarn verleiht ihre Rechner nachts an Schulen und verlangt nichts dafür."
    ]
    assert summary_of(document) == [
        [
            ("Am Montag begann der Versuch mit drei Schulen.", [1]),
            ("Die Rechner stehen in einem 400 m² großen Saal.", [1, 2]),
        ],
        [('"Nachts stehen sie [ohnehin] still", sagte ein Sprecher.', [2])],
        [("Ein Ende ist nicht vorgesehen [7].", [])],
    ]
    assert [(source.number, source.url) for source in document.sources] == [
        (1, "https://bote.example/schulen"),
        (2, "https://heft.example/still"),
    ]
    assert document.sources[1].outlet == "Das Heft"
    (warning,) = document.warnings
    assert (warning.code, warning.line) == ("citation-out-of-range", 10)


def test_encyclopaedia_with_anchors_back_links_and_a_power() -> None:
    document = parse(specimen("wiki"))
    assert summary_of(document) == [
        [("Plover is a model by Kestrel.", [1]), ("It first ran in March on 10⁹ words.", [2, 1])],
        [("Critics were kind.", [2])],
    ]
    assert [(source.title, source.outlet, source.url) for source in document.sources] == [
        ("A model named for a bird", "Estuary Ledger", "https://ledger.example/model"),
        ("Birds and machines", "Sample Wire", None),
    ]
    assert warning_codes(document) == ["bad-url"]


def test_page_of_the_text_layout_is_read_by_its_visible_text() -> None:
    text = specimen("text_layout")
    document = parse(text)
    assert (document.format, document.variant) == ("html", "A")
    assert document.title == Title("Kestrel Opens a School")
    assert document.paragraphs[0].heading == "Forty Pupils in the First Year"
    assert summary_of(document) == [
        [("The school stands beside the firm’s oldest hall.", [1]), ("Lessons begin in May.", [2])],
        [("Fees have not been set.", [2])],
    ]
    assert [(source.title, source.url) for source in document.sources] == [
        ("A school beside the hall", "https://ledger.example/school"),
        ("Lessons in May", None),
    ]
    assert document.sources[0].text.startswith("Kestrel opened a school")
    assert texts(text, document, Role.CITATION) == ["1", "2", "2"]
    assert texts(text, document, Role.SUMMARY)[0] == "The school stands beside the firm&#8217;s oldest hall"
    assert document.warnings == ()


def test_page_with_the_sources_first_is_read_by_its_visible_text() -> None:
    blocks = ["2 Sources", "2 Sources", "[1]", "One title", "One text.", "[2]", "Two title", "Two text.", "Share", "Share"]
    blocks += ["Copy Link", "Kestrel moved.", "It moved in May<sup>1</sup>. It stayed<sup>2</sup>. Summarized by", "Navi"]
    document = parse("<html><body>" + "\n".join(f"<div>{block}</div>" for block in blocks) + "</body></html>")
    assert document.variant == "B"
    assert [source.title for source in document.sources] == ["One title", "Two title"]
    assert [numbers for paragraph in summary_of(document) for _, numbers in paragraph] == [[1], [2]]


def test_page_of_the_curated_layout_is_read_by_its_visible_text() -> None:
    blocks = [
        "Curated by THEOUTPOST",
        "On Wed, 5 Mar, 8:09 AM UTC",
        "2 Sources",
        "[1]",
        "One title | Mudflat Weekly",
        "One text.",
    ]
    blocks += ["[2]", "Two title", "Two text.", "Share", "Copy Link", "Kestrel moved."]
    blocks += ["It moved in May<sup>1</sup>. It stayed<sup>2</sup>. Summarized by", "Navi"]
    document = parse("<html><body>" + "\n".join(f"<div>{block}</div>" for block in blocks) + "</body></html>")
    assert document.variant == "C"
    assert document.published is not None and document.published.interval.edtf == "2025-03-05"
    assert [(source.title, source.outlet) for source in document.sources] == [
        ("One title", "Mudflat Weekly"),
        ("Two title", None),
    ]
    assert [numbers for paragraph in summary_of(document) for _, numbers in paragraph] == [[1], [2]]


@pytest.mark.parametrize(
    "text",
    [
        "<html></html>",
        "<!doctype html>",
        "",
        "\0",
        "<html><body><script>var a = 'text'</script><p hidden>gone</p></body></html>",
        "<html><head><title>Only a title</title></head><body><h1>Only a title</h1></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
    ],
)
def test_a_page_without_text_is_refused(text: str) -> None:
    assert parse_or_refuse(text) == "no-story"


def test_what_a_page_does_not_say_stays_unknown() -> None:
    document = parse("<html><body><p>Kestrel moved to the coast in May, and nobody knows why it did.</p></body></html>")
    assert (document.url, document.published, document.language, document.sources) == (None, None, None, ())
    assert document.title == Title("Kestrel moved to the coast in May, and nobody knows why it did.", "summary")


def test_newest_related_story_bounds_the_date() -> None:
    related = "<h3>Related Stories</h3><ul><li><a href='https://a.example/x'>Old news</a> <time datetime='2025-02-03'>3 Feb</time></li></ul>"
    document = parse(page("<p>Kestrel moved to the coast[1].</p>" + related))
    assert document.related[0].url == "https://a.example/x" and document.related[0].title == "Old news"
    assert document.published is not None
    assert (document.published.interval.edtf, document.published.source) == ("2025-02-03/..", "related")


def test_a_summary_goes_on_below_related_stories() -> None:
    related = "<div>Related Stories</div><div><a href='https://a.example/x'>Old news</a></div><div>04 Dec 2024•Technology</div>"
    document = parse(page(f"<p>Kestrel moved[1].</p>{related}<p>It stayed there for a year and then moved back[2].</p>"))
    assert len(document.paragraphs) == 2
    (link,) = document.related
    assert link == RelatedLink("Old news", "https://a.example/x", link.published, "Technology")


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("<sup>1</sup><sup>2</sup>", [1, 2]),
        ('<sup><a href="https://a.example/1">1</a></sup>', [1]),
        ("<sup>[1][2]</sup>", [1, 2]),
        ("<sup>1–2</sup>", [1, 2]),
    ],
)
def test_superscripts_on_a_story_page(marker: str, numbers: list[int]) -> None:
    body = f"""<p>Reviewed by<span>Jo Doe</span></p><div>2 Sources</div><button>Share</button>
<p>Kestrel released Plover, a closed model for everybody in the industry.</p><h2>Kestrel closes its models</h2>
<p>Its 10<sup>2</sup> halls of 40 m<sup>2</sup> cost $40 million in 2024{marker}. It ends.</p>"""
    document = parse(page(body, sources=""))
    first = "Its 10² halls of 40 m² cost $40 million in 2024."
    assert summary_of(document) == [[(first, numbers), ("It ends.", [])]]
    assert warning_codes(document) == ["source-count"]
