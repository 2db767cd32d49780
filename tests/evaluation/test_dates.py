"""Dates scored against texts with labelled time expressions."""

from pathlib import Path

import pytest

from app.analysis.dates import find_dates
from app.domain.dates import parse_edtf
from app.evaluation.dates import evaluate_dates, same_value, timex_value
from app.evaluation.timeml import read_labelled_texts

TIMEML = """\
<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2025-12-11" functionInDocument="CREATION_TIME">December 11, 2025</TIMEX3></DCT>
<TEXT>Acme &amp; Beta <EVENT>opened</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2025-12-08">Monday</TIMEX3>.
Gamma closed in <TIMEX3 tid="t2" type="DATE" value="1999-05">May 2024</TIMEX3> after
<TIMEX3 tid="t3" type="DURATION" value="P2Y">two years</TIMEX3>.
It is quiet <TIMEX3 tid="t4" type="DATE" value="PRESENT_REF">now</TIMEX3>, as in the
<TIMEX3 tid="t5" type="DATE" value="2024-SP">spring of 2024</TIMEX3> and
<TIMEX3 tid="t6" type="DATE" value="2025-W49">last week</TIMEX3>, and 2023 was loud.
</TEXT>
</TimeML>
"""
COLUMNS = [
    ("DCT_2025-12-11", "tmx0", "DATE", "2025-12-11"),
    None,
    ("Acme", "O", "O", "O"),
    ("opened", "O", "O", "O"),
    ("-LRB-", "O", "O", "O"),
    ("quietly", "O", "O", "O"),
    ("-RRB-", "O", "O", "O"),
    ("on", "O", "O", "O"),
    ("Nov.", "tmx1", "DATE", "2025-11-17"),
    ("17", "tmx1", "DATE", "2025-11-17"),
    (",", "O", "O", "O"),
    ("Beta", "O", "O", "O"),
    ("'s", "O", "O", "O"),
    ("day", "O", "O", "O"),
    (".", "O", "O", "O"),
]


def column_line(row: tuple[str, str, str, str] | None) -> str:
    if row is None:
        return ""
    token, *timex = row
    lead = [token, "O", "O", "O", "O", "O", "O"]
    return "\t".join([*lead, *timex, "O", "O"])


def test_values_spans_and_kinds_are_counted_apart(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TIMEML, "utf-8")
    scores = evaluate_dates(tmp_path)
    assert scores.texts == 1
    assert (scores.dates.labelled, scores.dates.found, scores.dates.matched, scores.dates.right) == (4, 5, 4, 3)
    assert (scores.all.labelled, scores.all.found, scores.all.right) == (6, 6, 4)
    assert round(scores.dates.value_f1, 3) == 0.667
    assert scores.dates.precision == 0.6
    assert scores.dates.recall == 0.75


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It opened on Monday.", "2025-12-08"),
        ("It opened last week.", "2025-W49"),
        ("It opened over the weekend.", "2025-W49-WE"),
        ("It opened in late July.", "2025-07"),
        ("It opened in early 2025.", "2025"),
        ("It opened in the summer of 2024.", "2024-SU"),
        ("It opened in the third quarter of 2024.", "2024-Q3"),
        ("It opened in the first half of 2024.", "2024-H1"),
        ("It opened in the early 1990s.", "199"),
        ("It opened two years ago.", "2023"),
        ("It will spend over the next three years.", "P3Y"),
    ],
)
def test_an_interval_has_the_value_that_timeml_gives_it(sentence: str, value: str) -> None:
    [[phrase]] = find_dates([sentence], parse_edtf("2025-12-11"))
    assert phrase.interval is not None
    assert timex_value(phrase.interval, phrase) == value


@pytest.mark.parametrize(("theirs", "same"), [("199X", True), ("199", True), ("1990", False), ("1990-XX", False)])
def test_a_decade_is_the_same_with_its_open_digit(theirs: str, same: bool) -> None:
    assert same_value("199", theirs) is same
    assert same_value("2000-W07", "2000-W7")


def test_fiscal_periods_count_by_their_number_and_year(tmp_path: Path) -> None:
    sentences = {
        "In fiscal 2024 it grew.": ("fiscal 2024", "2024"),
        "It grew in the third quarter of fiscal 2025.": ("the third quarter of fiscal 2025", "2025-Q3"),
        "It grew in the quarter ended 30 September 2025.": ("the quarter", "2025-Q3"),
        "It grew in its first quarter ended in July 2025.": ("first quarter", "2025-Q1"),
    }
    for number, (sentence, (phrase, value)) in enumerate(sentences.items()):
        labelled = sentence.replace(phrase, f'<TIMEX3 tid="t1" type="DATE" value="{value}">{phrase}</TIMEX3>')
        head = TIMEML[: TIMEML.index("<TEXT>")]
        (tmp_path / f"{number}.tml").write_text(f"{head}<TEXT>{labelled}</TEXT></TimeML>", "utf-8")
    assert evaluate_dates(tmp_path).dates.recall == 1.0


def test_column_files_become_running_text_again(tmp_path: Path) -> None:
    (tmp_path / "two.col").write_text("\n".join(column_line(row) for row in COLUMNS), "utf-8")
    [text] = read_labelled_texts(tmp_path)
    assert text.text.strip() == "Acme opened (quietly) on Nov. 17, Beta's day."
    assert text.published == "2025-12-11"
    [phrase] = text.phrases
    assert (text.text[phrase.start : phrase.end], phrase.type, phrase.value) == ("Nov. 17", "DATE", "2025-11-17")
    assert evaluate_dates(tmp_path).dates.value_f1 == 1.0


def test_a_directory_without_texts_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no \.tml or \.col file"):
        evaluate_dates(tmp_path)


def test_a_text_without_a_date_of_publication_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "bad.tml").write_text("<TimeML><TEXT>Acme opened.</TEXT></TimeML>", "utf-8")
    with pytest.raises(ValueError, match="no date of publication"):
        evaluate_dates(tmp_path)
