"""What an item of a digest says of its story."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.domain.documents import ParsedDocument, Title
from tests.importer.formats.horizon.support import digest, item, parse, passages, read, specimen, story, warning_codes


@pytest.fixture(scope="module")
def stories() -> list[ParsedDocument]:
    return read(specimen("digest-en"))


def test_an_item_is_a_story(stories: list[ParsedDocument]) -> None:
    assert [told.title.text for told in stories] == [
        "Plover's new model counts waders",
        "Heron (the bank) lends to reed cutters",
        "Mudflat council bans loud drones",
        "A map of every puddle",
    ]
    assert all(told.title.derived is None and told.warnings == () for told in stories)


def test_the_score_is_no_part_of_the_title(stories: list[ParsedDocument]) -> None:
    assert not any("⭐" in told.title.text or "/10" in told.title.text for told in stories)


@pytest.mark.parametrize("score", ["⭐️ 9.0/10", "⭐ 10/10", "⭐️ 8.25/10", "⭐️8/10", ""])
def test_scores_of_every_spelling(score: str) -> None:
    assert story(head=f"[A title](https://a.example/t) {score}".strip()).title.text == "A title"


def test_a_score_within_a_title_stays() -> None:
    assert story(head="[They gave it ⭐️ 3/10 stars](https://a.example/t) ⭐️ 8.0/10").title.text == "They gave it ⭐️ 3/10 stars"


def test_the_section_is_the_category(stories: list[ParsedDocument]) -> None:
    assert [told.category for told in stories] == ["Marsh Technology", "Marsh Technology", "Policy", "Policy"]


def test_a_digest_without_sections_has_no_categories() -> None:
    assert story().category is None


def test_the_link_is_the_first_source(stories: list[ParsedDocument]) -> None:
    assert [(told.sources[0].number, told.sources[0].url) for told in stories] == [
        (1, "https://plover.example/blog/waders?lang=en&utm_source=feed"),
        (1, "https://heron.example/press/reeds"),
        (1, "https://mudflat.example/council/drones"),
        (1, "https://puddles.example/"),
    ]
    assert stories[0].sources[0].title == stories[0].title.text


def test_labelled_paragraphs_in_corner_brackets(stories: list[ParsedDocument]) -> None:
    assert passages(stories[0]) == [
        (
            None,
            "Plover published a model that counts waders in photographs. It needs 2 GB of memory (half of what Plover 2 took), "
            "says the firm's blog.",
        ),
        ("Background", "Counting birds by hand takes weeks. Plover has sold cameras to reserves since 2021."),
        ("Impact", "Wardens can count a flock on a phone."),
        ("Community Discussion", "Readers liked the speed; some doubted the count of dunlins."),
    ]


def test_labelled_paragraphs_with_a_colon() -> None:
    assert passages(read(specimen("headline"))[0])[1:] == [
        ("Background", "The navigator was closed for ten years."),
        ("Community Discussion", "Most readers had given up hope."),
    ]


def test_a_label_in_chinese_with_a_wide_colon() -> None:
    assert passages(story("**背景**：导航仪关闭了十年。", "**「影响」**：有用。"))[1:] == [
        ("背景", "导航仪关闭了十年。"),
        ("影响", "有用。"),
    ]


def test_a_label_alone_on_its_line_belongs_to_the_text_below() -> None:
    assert passages(story("**Background**:", "It was closed."))[1:] == [("Background", "It was closed.")]


def test_bold_words_within_prose_are_no_label() -> None:
    assert passages(story("It was **never**: said."))[1:] == [(None, "It was never: said.")]


def test_lines_of_one_paragraph_are_one() -> None:
    assert passages(story("It was\nclosed. Then\nit was open.", "A second one.")) == [
        (None, "Godwit opened the source of its navigator."),
        (None, "It was closed. Then it was open."),
        (None, "A second one."),
    ]


def test_nothing_is_cited(stories: list[ParsedDocument]) -> None:
    assert not any(sentence.citations or sentence.inherited for told in stories for sentence in told.sentences)


def test_a_number_in_brackets_is_prose() -> None:
    assert story(text="It has \\[1\\] and [2] in it.").sentences[0].text == "It has [1] and [2] in it."


def test_references_follow_the_link_and_the_discussion(stories: list[ParsedDocument]) -> None:
    assert [(source.number, source.title, source.url) for source in stories[0].sources[1:]] == [
        (2, "Discussion: Plover's new model counts waders", "https://forum.example/item?id=101"),
        (3, "Atlas of Waders '26 & before", "https://wader.example/atlas?year=2026&page=2"),
        (4, "Cameras in Reserves | Reserve Weekly", "https://reserve.example/cameras"),
    ]


def reference(address: str, title: str = "A reference") -> str:
    return f'<details><summary>References</summary>\n<ul>\n<li><a href="{address}">{title}</a></li>\n</ul>\n</details>'


def test_a_reference_to_the_link_itself_is_not_repeated() -> None:
    assert len(story(reference("https://godwit.example/open")).sources) == 1


def test_a_reference_that_is_listed_twice_is_one() -> None:
    assert len(story(reference("https://b.example/x"), reference("https://b.example/x", "Again")).sources) == 2


def test_several_references_on_one_line() -> None:
    items = "".join(f'<li><a href="https://b.example/{n}">Title {n}</a></li>' for n in (1, 2, 3))
    told = story(f"<details><summary>References</summary><ul>{items}</ul></details>")
    assert [source.title for source in told.sources[1:]] == ["Title 1", "Title 2", "Title 3"]


def test_a_reference_without_words_is_called_by_its_address() -> None:
    assert story(reference("https://b.example/x", "")).sources[1].title == "https://b.example/x"


def test_tags_are_metadata_and_not_prose(stories: list[ParsedDocument]) -> None:
    assert not any("#birds" in sentence.text for sentence in stories[0].sentences)
    assert not any("标签" in text for _, text in passages(read(specimen("digest-zh"))[0]))


def test_escapes_are_resolved() -> None:
    told = story(
        head="[Godwit&\\#x27;s \\[new\\] C\\# \\& \\_x\\_](https://godwit.example/a\\_b) ⭐️ 8.0/10",
        text="It&\\#x27;s 5 \\* 3 \\(or so\\) &amp; more.",
    )
    assert told.title.text == "Godwit's [new] C# & _x_"
    assert told.sentences[0].text == "It's 5 * 3 (or so) & more."
    assert told.sources[0].url == "https://godwit.example/a_b"


def test_an_item_of_a_feed_names_its_outlet(stories: list[ParsedDocument]) -> None:
    source = stories[1].sources[0]
    assert (source.outlet, source.author) == ("Ola Brand's Notes", None)
    assert source.published and source.published.edtf == "2027-01-01"


def test_the_discussion_of_an_item_of_a_feed_has_no_day_and_nobody_of_its_own(stories: list[ParsedDocument]) -> None:
    link, discussion = stories[2].sources
    assert link.outlet == "Mudflat Weekly" and link.published and link.published.edtf == "2027-01-01"
    assert (discussion.url, discussion.published, discussion.author, discussion.outlet) == (
        "https://forum.example/item?id=102",
        None,
        None,
        None,
    )


def test_the_day_of_an_item_of_a_forum_is_that_of_the_discussion(stories: list[ParsedDocument]) -> None:
    link, discussion = stories[0].sources[:2]
    assert (link.published, link.outlet) == (None, None)
    assert (discussion.outlet, discussion.author) == ("Hacker News", "mud_lark")
    assert discussion.published and discussion.published.edtf == "2026-12-31"


def test_an_item_of_reddit_names_who_posted_it(stories: list[ParsedDocument]) -> None:
    discussion = stories[3].sources[1]
    assert (discussion.outlet, discussion.author) == ("Reddit", "Wet_Boots_7")
    assert discussion.published and discussion.published.edtf == "2026-12-30"


def test_an_item_of_another_origin() -> None:
    told = story("github · godwit/navigator · May 3, 07:05")
    assert told.sources[0].outlet is None and told.sources[0].published and told.sources[0].published.edtf == "2026-05-03"


def test_a_discussion_that_is_the_link_is_one_source() -> None:
    told = story("hackernews · a · May 3, 07:05 · [Discussion](https://godwit.example/open)")
    assert len(told.sources) == 1


def test_an_origin_that_is_not_understood_is_said_so() -> None:
    told = story("hackernews · somebody · yesterday")
    assert warning_codes(told) == ["unrecognised"] and len(told.paragraphs) == 1


def test_an_origin_may_have_no_time_of_day() -> None:
    told = story("rss · Mudflat Weekly · May 3")
    assert told.warnings == () and told.sources[0].published is not None
    assert told.sources[0].published.edtf == "2026-05-03"


def test_an_item_without_a_link() -> None:
    told = story("rss · Mudflat Weekly · May 3, 07:05", head="Godwit opens its source ⭐️ 8.0/10")
    assert told.title == Title("Godwit opens its source")
    assert told.sources == () and told.warnings == ()
    assert told.id == "horizon:2026-05-04:godwit-opens-its-source"


def test_an_item_without_a_link_has_its_references() -> None:
    told = story(reference("https://b.example/x"), head="Godwit opens its source")
    assert [(source.number, source.url) for source in told.sources] == [(1, "https://b.example/x")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x", "/relative", "https://"])
def test_a_link_that_is_not_of_the_web_is_dropped(address: str) -> None:
    told = story(head=f"[A title](<{address}>) ⭐️ 8.0/10")
    assert warning_codes(told) == ["bad-url"]
    assert told.title.text == "A title" and told.sources == ()


def test_a_discussion_that_is_not_of_the_web_is_dropped() -> None:
    told = story("hackernews · a · May 3, 07:05 · [Discussion](javascript:alert)")
    assert warning_codes(told) == ["bad-url"] and len(told.sources) == 1


def test_a_reference_that_is_not_of_the_web_keeps_its_title_only() -> None:
    told = story(reference("JavaScript:alert(1)", "A reference"))
    assert [(source.title, source.url) for source in told.sources[1:]] == [("A reference", None)]
    (warning,) = told.warnings
    assert (warning.code, warning.line, warning.excerpt) == ("bad-url", 14, "JavaScript:alert(1)")


def test_a_title_without_words_is_derived() -> None:
    assert story(head="[](https://godwit.example/opens-its-source) ⭐️ 8.0/10").title == Title("Opens its source", "url")
    assert story(head="⭐️ 8.0/10").title == Title("Godwit opened the source of its navigator.", "summary")


def test_an_item_without_text_is_a_story_with_a_warning() -> None:
    told = story(text="")
    assert told.paragraphs == () and warning_codes(told) == ["no-summary"]


def test_text_below_a_section_and_above_its_items_is_no_items() -> None:
    first, second = parse(digest(item(), "## Policy\n\nLoose words.\n\n" + item()))
    assert len(first.paragraphs) == len(second.paragraphs) == 1
    assert warning_codes(first) == ["unrecognised"]


def test_each_story_accounts_for_its_own_part_of_the_digest(stories: list[ParsedDocument]) -> None:
    bounds = [(told.spans[1].start, told.spans[-1].end) for told in stories]  # the first span of each is the front matter
    assert bounds == sorted(bounds) and all(one[1] <= other[0] for one, other in pairwise(bounds))
