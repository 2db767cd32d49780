"""Threads exported from Perplexity: footnotes by turn and number, hidden ones, prompts."""

from __future__ import annotations

import pytest

from app.domain.documents import ParsedDocument, Role
from app.importer.formats.perplexity import FORMAT
from tests.importer.formats.markdown.support import codes, outcome, printed, sentences_of, stories, story, well_formed

LOGO = '<img src="https://r2cdn.perplexity.ai/pplx-full-logo-primary-dark%402x.png" style="height:64px;margin-right:32px"/>\n\n'
END = '<div align="center">⁂</div>\n\n'


def addresses(turn: int, count: int) -> str:
    return "".join(f"[^{turn}_{n}]: https://turn{turn}.example/{n}\n\n" for n in range(1, count + 1))


def thread(answer: str, *, prompt: str = "What did Tern do?", sources: int = 4) -> str:
    return f"{LOGO}# {prompt}\n\n{answer}\n\n{END}{addresses(1, sources)}"


def urls(document: ParsedDocument) -> list[str | None]:
    return [source.url for source in document.sources]


def test_adjacent_markers() -> None:
    document = well_formed(FORMAT, thread("Tern opened a site.[^1_1][^1_3][^1_4] It is wet[^1_2]. Cold[^1_1] [^1_2]"))
    assert sentences_of(document) == [("Tern opened a site.", [1, 3, 4]), ("It is wet.", [2]), ("Cold", [1, 2])]
    assert urls(document) == [f"https://turn1.example/{n}" for n in range(1, 5)]


def test_what_is_hidden_was_retrieved_but_not_cited() -> None:
    text = thread('Tern opened[^1_1].\n\n<span style="display:none">[^1_2][^1_3][^1_99]</span>')
    document = well_formed(FORMAT, text)
    assert sentences_of(document) == [("Tern opened.", [1])]
    assert len(document.sources) == 4
    assert printed(document, text, Role.CITATION) == ["[^1_1]"]


def test_hidden_markers_behind_a_sentence_on_its_line() -> None:
    document = well_formed(FORMAT, thread('Tern opened[^1_1]. <span style="display: none">[^1_2]</span> It is wet.'))
    assert sentences_of(document) == [("Tern opened.", [1]), ("It is wet.", [])]


@pytest.mark.parametrize("end", [END, '<div style="text-align: center">⁂</div>\n\n', '<div align="center">⁂</div>\n', ""])
def test_the_end_of_an_answer(end: str) -> None:
    document = well_formed(FORMAT, f"# Tern?\n\nTern opened[^1_1].\n\n{end}{addresses(1, 2)}")
    assert urls(document) == ["https://turn1.example/1", "https://turn1.example/2"]
    assert sentences_of(document) == [("Tern opened.", [1])]


def test_each_turn_is_a_story_with_a_list_of_its_own() -> None:
    text = (
        thread("Tern opened[^1_1].", sources=2)
        + f"\n---\n\n# And Quay?\n\nQuay closed[^2_2]. So it says[^2_1].\n\n{END}{addresses(2, 2)}"
    )
    first, second = stories(FORMAT, text)
    assert (first.title.text, first.title.derived) == ("What did Tern do?", "prompt")
    assert (second.title.text, second.title.derived) == ("And Quay?", "prompt")
    assert sentences_of(first) == [("Tern opened.", [1])]
    assert sentences_of(second) == [("Quay closed.", [2]), ("So it says.", [1])]
    assert urls(second) == ["https://turn2.example/1", "https://turn2.example/2"]
    assert first.warnings == second.warnings == ()


def test_text_below_a_list_is_the_next_turn_even_without_a_rule() -> None:
    text = thread("Tern opened[^1_1].", sources=1) + f"Quay closed[^2_1].\n\n{addresses(2, 1)}"
    first, second = stories(FORMAT, text)
    assert sentences_of(first) == [("Tern opened.", [1])]
    assert sentences_of(second) == [("Quay closed.", [1])]
    assert (second.title.text, second.title.derived) == ("Quay closed.", "summary")


def test_all_lists_at_the_end() -> None:
    text = f"# Tern?\n\nTern opened[^1_1].\n\n---\n\n# Quay?\n\nQuay closed[^2_1].\n\n{END}{addresses(1, 1)}{addresses(2, 1)}"
    first, second = stories(FORMAT, text)
    assert (sentences_of(first), urls(first)) == ([("Tern opened.", [1])], ["https://turn1.example/1"])
    assert (sentences_of(second), urls(second)) == ([("Quay closed.", [1])], ["https://turn2.example/1"])


def test_a_turn_without_a_list_does_not_take_the_next_ones() -> None:
    text = f"# Hello?\n\nGood day.\n\n---\n\n# Quay?\n\nQuay closed[^2_1].\n\n{END}{addresses(2, 1)}"
    first, second = stories(FORMAT, text)
    assert (sentences_of(first), first.sources) == ([("Good day.", [])], ())
    assert (sentences_of(second), second.title.text) == ([("Quay closed.", [1])], "Quay?")


def test_a_rule_and_a_heading_within_an_answer_begin_no_turn() -> None:
    document = well_formed(FORMAT, thread("Tern opened[^1_1].\n\n---\n\n# Sites\n\nIt is wet[^1_2]."))
    assert sentences_of(document) == [("Tern opened.", [1]), ("It is wet.", [2])]
    assert document.paragraphs[1].heading == "Sites"


def test_a_marker_of_another_turn_is_not_this_turns_source() -> None:
    text = thread("Tern opened[^1_1].", sources=1) + f"---\n\n# And?\n\nIt is wet[^2_1] still[^1_1].\n\n{addresses(2, 1)}"
    _, second = stories(FORMAT, text)
    assert sentences_of(second) == [("It is wet still.", [1])]
    assert codes(second) == ["unresolved-citation"]


def test_a_marker_without_an_address_is_left_out_with_a_warning() -> None:
    document = story(FORMAT, thread("Tern opened[^1_1]. It is wet[^1_9]."))
    assert sentences_of(document) == [("Tern opened.", [1]), ("It is wet.", [])]
    assert [(warning.code, warning.excerpt) for warning in document.warnings] == [("unresolved-citation", "[^1_9]")]


def test_one_address_under_two_numbers_is_two_sources() -> None:
    text = "# Tern?\n\nTern opened[^1_1][^1_2].\n\n[^1_1]: https://t.example/a\n\n[^1_2]: https://t.example/a\n"
    document = well_formed(FORMAT, text)
    assert urls(document) == ["https://t.example/a"] * 2
    assert sentences_of(document) == [("Tern opened.", [1, 2])]


def test_one_number_twice_is_the_first_with_a_warning() -> None:
    document = story(FORMAT, "# Tern?\n\nTern opened[^1_1].\n\n[^1_1]: https://t.example/a\n\n[^1_1]: https://t.example/b\n")
    assert urls(document) == ["https://t.example/a"]
    assert codes(document) == ["duplicate-source"]


def test_addresses_in_one_paragraph() -> None:
    document = well_formed(FORMAT, "# Tern?\n\nA[^1_1]. B[^1_2].\n\n[^1_1]: https://t.example/a\n[^1_2]: https://t.example/b\n")
    assert urls(document) == ["https://t.example/a", "https://t.example/b"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_an_address_that_is_not_of_the_web_is_dropped_with_a_warning(address: str) -> None:
    document = story(FORMAT, f"# Tern?\n\nTern opened[^1_1].\n\n[^1_1]: {address}\n")
    assert (urls(document), codes(document)) == ([None], ["bad-url"])


def test_a_prompt_is_what_the_title_is_taken_from() -> None:
    document = well_formed(FORMAT, thread("Tern opened[^1_1]."))
    assert (document.title.text, document.title.derived) == ("What did Tern do?", "prompt")
    assert document.paragraphs[0].heading is None


def test_the_lines_directly_below_a_prompt_are_part_of_it() -> None:
    prompt = "You write briefs.\nTell of Tern.\n- be short\n- be kind"
    document = well_formed(FORMAT, thread("Tern opened[^1_1].", prompt=prompt))
    assert sentences_of(document) == [("Tern opened.", [1])]
    assert document.title.text == "You write briefs. Tell of Tern. be short be kind"


def test_a_long_prompt_is_no_title() -> None:
    document = well_formed(FORMAT, thread("Tern opened[^1_1].", prompt="Tell me " + "all of it " * 20 + "\nand more"))
    assert (document.title.text, document.title.derived) == ("Tern opened.", "summary")


def test_a_prompt_of_several_paragraphs_is_pointed_out() -> None:
    document = story(FORMAT, thread("Tern opened[^1_1].", prompt="You write briefs.\nTell of Tern.\n\nKeep it short."))
    assert sentences_of(document) == [("Keep it short.", []), ("Tern opened.", [1])]
    assert [(warning.code, warning.line) for warning in document.warnings] == [("unclear-prompt", 6)]


def test_an_answer_directly_below_the_prompt_is_the_answer() -> None:
    document = well_formed(FORMAT, f"# Tern?\nTern opened[^1_1].\n\n{addresses(1, 1)}")
    assert sentences_of(document) == [("Tern opened.", [1])]


def test_headings_of_the_answer_are_no_titles() -> None:
    document = well_formed(FORMAT, thread("## Sites\n\nTern opened[^1_1].\n\n## Plans\n\nMore[^1_2]."))
    assert [paragraph.heading for paragraph in document.paragraphs] == ["Sites", "Plans"]
    assert document.title.derived == "prompt"


def test_code_is_neither_read_nor_cited() -> None:
    document = story(FORMAT, thread("Call `rows[^1_1]` or `a[1]`[^1_2].\n\n```\nb = a[1] + [^1_3]\n```\n\nDone[^1_4]."))
    assert sentences_of(document) == [("Call rows[^1_1] or a[1].", [2]), ("Done.", [4])]
    assert codes(document) == ["code-left-out"]


def test_lists_and_tables() -> None:
    document = well_formed(
        FORMAT, thread("- **Tern**: opened[^1_1]\n    - in May.[^1_2]\n\n| a | b |\n|---|---|\n| c[^1_3] | d |")
    )
    assert sentences_of(document) == [("Tern: opened", [1]), ("in May.", [2]), ("a | b", []), ("c | d", [3])]


@pytest.mark.parametrize("body", ["Tern opened[1][2].\n\nCitations:\n[1] https://t.example/a [2]\nhttps://t.example/b\n", ""])
def test_an_older_list_below_the_newer_header(body: str) -> None:
    if not body:
        assert outcome(FORMAT, f"{LOGO}# Tern?\n\nTern opened.\n") == "no-sources"
        return
    document = well_formed(FORMAT, f"{LOGO}# Tern?\n\n{body}")
    assert (document.format, document.title.text, document.title.derived) == ("perplexity", "Tern?", "prompt")
    assert sentences_of(document) == [("Tern opened.", [1, 2])]
    assert urls(document) == ["https://t.example/a", "https://t.example/b"]


def test_without_an_answer_it_is_refused() -> None:
    assert outcome(FORMAT, f"# Tern?\n\n{addresses(1, 2)}") == "no-story"


def test_the_tracking_of_assistants_is_taken_off() -> None:
    document = well_formed(FORMAT, "# Tern?\n\nA[^1_1].\n\n[^1_1]: https://t.example/a?utm_source=perplexity\n")
    assert urls(document) == ["https://t.example/a"]


def test_every_character_is_shared_out_among_the_turns() -> None:
    text = thread("Tern opened[^1_1].") + f"---\n\n# And?\n\nWet[^2_1].\n\n{END}{addresses(2, 1)}"
    first, second = stories(FORMAT, text)
    assert first.spans[-1].end <= second.spans[0].start
    assert text[second.spans[0].start :].startswith("# And?")


def test_line_endings_make_no_difference() -> None:
    text = (
        thread("- Tern opened[^1_1]\n- Quay closed[^1_2]", prompt="Tell\nof Tern")
        + f"---\n\n# And?\n\nWet[^2_1].\n\n{addresses(2, 1)}"
    )
    plain, other = stories(FORMAT, text), stories(FORMAT, text.replace("\n", "\r\n"))
    assert [(a.title, a.paragraphs, a.sources) for a in plain] == [(b.title, b.paragraphs, b.sources) for b in other]
