"""Looking at the signs of words first loses nothing that the patterns find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import certainty, quantities, quotes, values
from app.analysis.aliases import recognise
from app.analysis.certainty import attributed, faint_hedges, hedges, unnamed_attribution, wills
from app.analysis.dates import find_dates
from app.analysis.events import events_of, modality, roles
from app.analysis.gazetteer import load_gazetteer
from app.analysis.quantities import find_quantities
from app.analysis.quotes import find_quotations
from app.analysis.signs import Sign, signs
from app.analysis.values import find_amounts

SAMPLE = Path(__file__).parents[2] / "app" / "sample"
EVERYTHING = (1 << 16) - 1


def found(text: str) -> tuple[object, ...]:
    """All that is found behind a look at signs."""
    unnamed = unnamed_attribution(text)
    gazetteer = load_gazetteer()
    return (
        find_quantities(text),
        find_amounts(text),
        events_of("summary", None, [text], find_dates([text], None), recognise(gazetteer, [text]), None, 0, gazetteer.by_slug),
        hedges(text),
        faint_hedges(text),
        [will.span() for will in wills(text)],
        unnamed and unnamed.span(),
        attributed(text),
        find_quotations(text),
    )


def found_without_looking(text: str, patch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """The same by the patterns alone."""
    with patch.context() as context:
        for module in (quantities, values, certainty, quotes, modality, roles):
            context.setattr(module, "signs", lambda _text: EVERYTHING)
        return found(text)


def test_nothing_is_lost_in_the_sample_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {line for path in SAMPLE.glob("*.txt") for line in path.read_text("utf-8").splitlines()}
    assert len(lines) > 500
    assert [line for line in lines if found(line) != found_without_looking(line, monkeypatch)] == []


@given(
    st.lists(
        st.sampled_from(
            "a one Twenty-one half third of the million dozen 12 3,400 5% $5bn about ~7 GPT-4 2024 May may could is expected to plans "
            'will \'ll going said sources told according \u201cyes\u201d "no" reportedly people familiar x1 1/2 10-12 k '
            "OpenAI launched acquired Anthropic never refused to fell through doesn\u2019t rivals than ex- US$ dollars Rs 3-yen rs.".split()
        ),
        max_size=12,
    )
)
def test_nothing_is_lost_in_made_up_sentences(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        text = " ".join(words)
        assert found(text) == found_without_looking(text, patch)


@pytest.mark.parametrize("unit", "second minute hour day week fortnight month quarter year decade".split())
def test_lengths_of_time_have_their_sign(unit: str) -> None:
    for text in (f"12 {unit}s later", f"a 5-{unit} wait", f"Twenty {unit}s."):
        assert [item.measure for item in find_quantities(text)] == [quantities.Measure.TIME]
        assert signs(text) & Sign.TIME_UNIT


def test_signs_are_those_of_the_words() -> None:
    assert signs("Words to see here") == 0
    assert signs("It may cost $5 million") & EVERYTHING
