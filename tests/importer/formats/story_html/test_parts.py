"""One part of a page, or one trap, each."""

from __future__ import annotations

import pytest

from app.domain.documents import Role, Title
from tests.importer.formats.story_html.support import SOURCES, cited, page, parse, summary_of, texts, warning_codes


@pytest.mark.parametrize(
    "marker",
    [
        "<sup>1</sup>",
        "<sup>[1]</sup>",
        '<sup><a href="#ref-1">1</a></sup>',
        '<a href="#ref-1">[1]</a>',
        '<a href="#ref-1"><sup>1</sup></a>',
        '[<a href="#ref-1">1</a>]',
        " [1]",
        '<span class="citation">1</span>',
        '<button class="cite-link">1</button>',
        '<a href="https://a.example/1">1</a>',
        '<sup><a href="#ref-1">†</a></sup>',
    ],
)
def test_each_form_of_a_marker(marker: str) -> None:
    expected = [("Plover3-mini costs little.", [1]), ("It is new.", [])]
    assert cited(f"Plover3-mini costs little{marker}. It is new.") == expected


@pytest.mark.parametrize(
    "marker",
    [
        "<sup>1</sup><sup>2</sup>",
        "<sup>1, 2</sup>",
        "<sup>1–2</sup>",
        "[1][2]",
        "[1, 2]",
        '<sup>[<a href="#ref-1">1</a>, <a href="#ref-2">2</a>]</sup>',
    ],
)
def test_several_markers_in_a_row(marker: str) -> None:
    assert cited(f"It costs little{marker}.") == [("It costs little.", [1, 2])]


def test_a_marker_behind_the_stop_belongs_to_the_sentence_before() -> None:
    assert cited("It costs little.<sup>1</sup> It sells.<sup>2</sup>") == [("It costs little.", [1]), ("It sells.", [2])]


@pytest.mark.parametrize("text", ["It has 10<sup>2</sup> rows.", "A hall of 400 m<sup>2</sup> burnt."])
def test_powers_are_no_citations(text: str) -> None:
    assert cited(text) == [(text.replace("<sup>2</sup>", "²"), [])]


@pytest.mark.parametrize("figure", ["on 2 October 2024", "for $2", "on December 10", "with Llama 2", "at 10.2"])
@pytest.mark.parametrize(
    ("marker", "numbers"),
    [("<sup>2</sup>", [2]), (" <sup>2</sup>", [2]), ("<sup>1</sup><sup>2</sup>", [1, 2]), ("<sup>[1][2]</sup>", [1, 2])],
)
def test_a_superscript_after_a_figure_is_a_marker(figure: str, marker: str, numbers: list[int]) -> None:
    assert cited(f"It closed {figure}{marker}. It sold.") == [(f"It closed {figure}.", numbers), ("It sold.", [])]


@pytest.mark.parametrize("marker", ["<sup>9</sup>", "[9]", '<a href="#ref-9">[9]</a>'])
def test_nothing_is_carried_into_a_sentence_whose_marker_has_no_source_nor_past_it(marker: str) -> None:
    document = parse(page(f"<p>It opened<sup>1</sup>. It closed{marker}. It stayed.</p>"))
    assert [sentence.inherited for sentence in document.sentences] == [(), (), ()]


def test_a_superscript_after_a_figure_that_no_source_has_is_warned_of() -> None:
    document = parse(page("<p>It has 5<sup>3</sup> rows of 10<sup>6</sup>, the 1<sup>st</sup>.</p>"))
    assert summary_of(document) == [[("It has 5³ rows of 10⁶, the 1st.", [])]]
    assert warning_codes(document) == ["citation-out-of-range"]


def test_a_plain_superscript_is_a_power_where_markers_are_links() -> None:
    assert cited('It has E<sup>2</sup> rows<sup><a href="#ref-1">1</a></sup>.') == [("It has E² rows.", [1])]


def test_links_with_numbers_are_text() -> None:
    assert cited('In <a href="https://b.example/">2</a> of 3 cases it fell.') == [("In 2 of 3 cases it fell.", [])]


def test_a_link_in_words_to_a_source_cites_it_and_stays() -> None:
    assert cited('The <a href="#ref-2">Second report</a> says so.') == [("The Second report says so.", [2])]


def test_brackets_in_code_and_quotations_are_text() -> None:
    assert cited("Call <code>a[1]</code>, it <q>[will] end</q>[1].") == [("Call a[1], it [will] end.", [1])]


@pytest.mark.parametrize(("marker", "left"), [("[9]", "[9]"), ("<sup>9</sup>", " 9"), ('<a href="#ref-9">[9]</a>', "[9]")])
def test_a_number_without_source_stays_text_with_a_warning(marker: str, left: str) -> None:
    document = parse(page(f"<p>It costs little{marker}.</p>"))
    assert summary_of(document) == [[(f"It costs little{left}.", [])]]
    assert warning_codes(document) == ["citation-out-of-range"]


def test_anchors_win_over_printed_numbers() -> None:
    sources = '<h2>References</h2><ol start="4"><li id="n-x">A title here</li><li id="n-y">B title here</li></ol>'
    document = parse(page('<p>It fell<a href="#n-y">[1]</a>.</p>', sources=sources))
    assert [source.number for source in document.sources] == [4, 5]
    assert summary_of(document) == [[("It fell.", [5])]]


def test_a_list_without_heading_that_markers_point_at() -> None:
    sources = '<ul><li id="fn-1"><p>A title here <a href="#back-1">↩</a></p></li><li id="fn-2">B title here</li></ul>'
    document = parse(page('<p>It fell<sup><a href="#fn-2">2</a></sup>.</p>', sources=sources))
    assert [source.title for source in document.sources] == ["A title here", "B title here"]
    assert summary_of(document) == [[("It fell.", [2])]]


def test_references_in_a_footer_count() -> None:
    sources = (
        "<footer><h2>Works cited</h2><ol><li>A title, Some Site, accessed May 3, 2025, https://a.example/x</li></ol></footer>"
    )
    document = parse(page("<p>It fell[1].</p>", sources=sources))
    assert [(source.title, source.url, source.published) for source in document.sources] == [
        ("A title, Some Site", "https://a.example/x", None)
    ]


def test_the_list_that_markers_point_at_wins() -> None:
    notes = '<h2>Notes</h2><ol><li id="note-1">A remark on words</li></ol>'
    document = parse(page('<p>It fell<a href="#ref-1">[1]</a>.</p>' + notes.replace("Notes", "Footnotes")))
    assert document.sources[0].title == "First report"
    assert warning_codes(document) == ["duplicate-source"]


@pytest.mark.parametrize(
    ("entry", "title", "outlet"),
    [
        (
            "<cite>Korvid raises money</cite>. <i>Quayside</i>. <a href='https://a.example/k'>https://a.example/k</a>",
            "Korvid raises money. Quayside",
            None,
        ),
        ("<cite>Quayside</cite>: <a href='https://a.example/k'>Korvid raises money</a>", "Korvid raises money", "Quayside"),
        ("<a href='https://a.example/k'>Korvid raises money</a> <cite>Quayside</cite>", "Korvid raises money", "Quayside"),
    ],
)
def test_cite_is_around_a_title_or_around_an_outlet(entry: str, title: str, outlet: str | None) -> None:
    (source,) = parse(page("<p>It fell[1].</p>", sources=f"<h2>Sources</h2><ol><li>{entry}</li></ol>")).sources
    assert (source.title, source.outlet) == (title, outlet)


def test_sources_as_cards() -> None:
    card = "<div class='card'><span>{0}</span><a href='https://a.example/{0}'>Title number {0}</a><div>Estuary Ledger</div><p>{1}</p></div>"
    cards = "".join(card.format(number, "Kestrel said on Monday that it would move.") for number in (1, 2))
    document = parse(page("<p>It fell[2].</p>", sources=f"<h2>Sources</h2>{cards}<button>Share</button><p>Some more words.</p>"))
    assert [(source.number, source.title, source.outlet, source.url, source.text) for source in document.sources] == [
        (1, "Title number 1", "Estuary Ledger", "https://a.example/1", "Kestrel said on Monday that it would move."),
        (2, "Title number 2", "Estuary Ledger", "https://a.example/2", "Kestrel said on Monday that it would move."),
    ]
    assert [sentence.text for sentence in document.sentences] == ["It fell.", "Some more words."]


def test_a_dek_above_the_article() -> None:
    text = f"<html><body><div><h1>A title</h1><p class='dek'>What it is about.</p></div><article><p>{'It fell. ' * 9}</p></article></body>"
    document = parse(text)
    assert (document.title, [sentence.text for sentence in document.dek]) == (Title("A title"), ["What it is about."])


def test_prose_below_a_heading_sources_is_no_list() -> None:
    document = parse(page("<h2>Sources</h2><p>The sources of the river lie in the hills of the north.</p>", sources=""))
    assert document.sources == ()
    assert document.paragraphs[0].heading == "Sources"


def test_another_list_below_the_sources_is_none_of_them() -> None:
    document = parse(page("<p>It fell[1].</p>", sources=SOURCES + "<ul><li>Contact</li><li>Imprint</li></ul>"))
    assert len(document.sources) == 2


def test_markers_in_blocks_of_their_own_part_no_paragraph() -> None:
    document = parse(page("<div>It fell</div><div>1</div><div>2</div><div>. It rose</div><div>1</div><div>.</div>"))
    assert summary_of(document) == [[("It fell.", [1, 2]), ("It rose.", [1])]]


def test_declared_and_found_sources_differ() -> None:
    document = parse(page("<div>3 Sources</div><p>It fell[1].</p>"))
    assert (document.declared_sources, warning_codes(document)) == (3, ["source-count"])


@pytest.mark.parametrize(
    "furniture",
    [
        "<script>It lies[1].</script>",
        "<style>p {}</style>",
        "<template><p>It lies[1].</p></template>",
        "<noscript><p>It lies[1].</p></noscript>",
        "<nav><p>It lies[1].</p></nav>",
        "<footer><p>It lies[1].</p></footer>",
        "<aside><p>It lies[1].</p></aside>",
        "<form><p>It lies[1].</p></form>",
        "<p hidden>It lies[1].</p>",
        '<p style="display: none">It lies[1].</p>',
        '<p aria-hidden="true">It lies[1].</p>',
        '<div role="navigation"><p>It lies[1].</p></div>',
        "<figure><figcaption>It lies[1].</figcaption></figure>",
        '<div class="share-bar"><p>It lies[1].</p></div>',
        '<p class="byline">It lies[1].</p>',
        "<p>Source: Estuary Ledger</p>",
        "<p>By Ada Example</p>",
        "<button>Copy Link</button>",
        '<p><a href="https://a.example">More of the same</a></p>',
        "<!-- <p>It lies[1].</p> -->",
        "<p>4 min read</p>",
    ],
)
def test_furniture_is_left_out(furniture: str) -> None:
    document = parse(page(f"<p>Before it all began, nobody knew[1].</p>{furniture}<p>After it had ended, all knew[2].</p>"))
    assert [sentence.text for sentence in document.sentences] == [
        "Before it all began, nobody knew.",
        "After it had ended, all knew.",
    ]


def test_a_form_around_the_whole_page_is_no_furniture() -> None:
    document = parse("<html><body><form><h1>A title</h1><p>Kestrel moved to the coast.</p></form></body></html>")
    assert summary_of(document) == [[("Kestrel moved to the coast.", [])]]


def test_a_class_on_most_of_the_page_makes_it_no_furniture() -> None:
    document = parse(f"<html><body><div class='share-wrap'><p>{'Kestrel moved to the coast. ' * 20}</p></div></body></html>")
    assert len(document.sentences) == 20


def test_text_outside_of_the_article_is_furniture() -> None:
    aside = "<div><p>Buy a Kestrel now, while there are some left in our shop.</p></div>"
    text = (
        f"<html><body>{aside}<article><h1>A title</h1><p>{'Kestrel moved to the coast. ' * 9}</p></article>{aside}</body></html>"
    )
    assert {sentence.text for sentence in parse(text).sentences} == {"Kestrel moved to the coast."}


@pytest.mark.parametrize("name", ["dek", "article-standfirst", "lede", "storyDescription"])
def test_a_marked_dek(name: str) -> None:
    document = parse(page(f"<p class='{name}'>What it is about.</p><p>It fell[1].</p>"))
    assert [sentence.text for sentence in document.dek] == ["What it is about."]
    assert len(document.paragraphs) == 1


def test_a_cited_first_paragraph_is_no_dek() -> None:
    assert parse(page("<p class='lead'>What it is about[1].</p><p>It fell.</p>")).dek == ()


def test_an_unmarked_first_paragraph_is_no_dek() -> None:
    assert parse(page("<p>What it is about.</p><p>It fell[1].</p>")).dek == ()


def test_a_cut_description_tells_the_dek() -> None:
    head = '<meta name="description" content="Kestrel moved to the coast in May, where it…">'
    document = parse(page("<p>Kestrel moved to the coast in May, where it stays.</p><p>It fell[1].</p>", head=head))
    assert [sentence.text for sentence in document.dek] == ["Kestrel moved to the coast in May, where it stays."]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Kestrel moves | The Sample Post</title>", "Kestrel moves"),
        ("<title>Kestrel moves - quickly</title>", "Kestrel moves - quickly"),
        ("<meta property='og:site_name' content='Post'><title>Kestrel moves - Post</title>", "Kestrel moves"),
        ("<meta property='og:title' content='Kestrel &amp; Co'><title>Other</title>", "Kestrel & Co"),
    ],
)
def test_title_in_the_head(head: str, title: str) -> None:
    assert parse(page("<p>It fell[1].</p>", head=head, title="")).title == Title(title)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/relative", "data:text/html,x", "http://[", "ftp://a.example/"])
def test_an_address_of_no_web_page_is_dropped(address: str) -> None:
    document = parse(
        page("<p>It fell[1].</p>", head=f'<base href="https://evil.example/"><link rel="canonical" href="{address}">')
    )
    assert (document.url, warning_codes(document)) == (None, ["bad-url"])


def test_og_url_where_the_canonical_link_is_bad() -> None:
    head = '<link rel="canonical" href="javascript:1"><meta property="og:url" content="https://a.example/s">'
    assert parse(page("<p>It fell[1].</p>", head=head)).url == "https://a.example/s"


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (
            '<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2025-05-04"}]</script>',
            "",
            "2025-05-04",
        ),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2025-05">', "", "2025-05"),
        ('<meta property="article:published_time" content="2025-05-04T23:59:59-08:00">', "", "2025-05-04"),
        ("", '<time datetime="2025-05-04 10:00">4 May</time>', "2025-05-04"),
    ],
)
def test_date_of_publication(head: str, body: str, day: str) -> None:
    document = parse(page(f"{body}<p>{'It fell. ' * 20}[1]</p>", head=head))
    assert document.published is not None and document.published.interval.edtf == day


def test_a_date_that_does_not_exist_is_unknown() -> None:
    document = parse(page("<p>It fell[1].</p>", head='<meta name="date" content="2025-02-31">'))
    assert (document.published, warning_codes(document)) == (None, ["bad-date"])


def test_a_time_within_the_text_is_not_the_date() -> None:
    document = parse(page(f"<p>{'It fell. ' * 20}</p><p>On <time datetime='2024-01-01'>1 January</time> it rose[1].</p>"))
    assert document.published is None


def test_breaks_part_paragraphs() -> None:
    document = parse(page("<div>It fell[1].<br><br>It rose<br>again[2].</div>"))
    assert summary_of(document) == [[("It fell.", [1])], [("It rose again.", [2])]]


def test_program_text_is_left_out_with_a_warning() -> None:
    document = parse(page("<p>It fell[1].</p><pre>a[2]</pre>"))
    assert (summary_of(document), warning_codes(document)) == ([[("It fell.", [1])]], ["code-left-out"])


def test_headings_without_text_go_in_front_of_the_next() -> None:
    assert parse(page("<h2>Prices</h2><h3>In May</h3><p>It fell[1].</p>")).paragraphs[0].heading == "Prices: In May"


def test_markup_in_escaped_text_is_text() -> None:
    text = page("<p>It said &lt;script&gt;alert(1)&lt;/script&gt;[1].</p>")
    document = parse(text)
    assert document.sentences[0].text == "It said <script>alert(1)</script>."
    assert texts(text, document, Role.SUMMARY)[0] == "It said &lt;script&gt;alert(1)&lt;/script&gt;"


def test_comments_that_look_like_ours_do_not_move_the_account() -> None:
    text = page("<!--0--><p>It fell<!--1-->[1].</p><!--99999-->")
    document = parse(text)
    assert texts(text, document, Role.SUMMARY) == ["It fell", "."]
    assert summary_of(document) == [[("It fell.", [1])]]


def test_a_ranked_list_below_numbered_sources_is_none_of_them() -> None:
    sources = "<h2>Sources</h2><p>[1] A title here</p><p>[2] B title here</p>"
    ranks = "<div>1</div><div>Technology</div><div>2</div><div>Policy</div>"
    document = parse(page("<p>It fell[1].</p>", sources=sources + ranks))
    assert [source.title for source in document.sources] == ["A title here", "B title here"]
    assert [topic.category for topic in document.ranked] == ["Technology", "Policy"]


def test_markers_in_blocks_of_their_own_are_no_ranks() -> None:
    document = parse(page("<div>It fell</div><div>1</div><div>. It rose</div><div>2</div><div>. It sank</div>"))
    assert (document.ranked, summary_of(document)) == ((), [[("It fell.", [1]), ("It rose.", [2]), ("It sank", [])]])


def test_text_that_the_parser_changes_has_no_known_place() -> None:
    text = page("<p>Some &#12345678901; words.</p><p>More words.</p>")
    document = parse(text)
    assert len(document.sentences) == 2
    assert texts(text, document, Role.SUMMARY) == ["More words."]
