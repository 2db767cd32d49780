"""Sums of money, by value and currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.values import find_amounts


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$14.3 billion", "14300000000", "USD"),
        ("US$5 million", "5000000", "USD"),
        ("$40 million", "40000000", "USD"),
        ("$3.5B", "3500000000", "USD"),
        ("$20k", "20000", "USD"),
        ("$1,950.50", "1950.5", "USD"),
        ("$100-million", "100000000", "USD"),
        ("$1.2 trillion", "1200000000000", "USD"),
        ("$600\u00a0billion", "600000000000", "USD"),
        ("€1.7bn", "1700000000", "EUR"),
        ("£3m", "3000000", "GBP"),
        ("HK$5bn", "5000000000", "HKD"),
        ("A$7 million", "7000000", "AUD"),
        ("Rs 500 crore", "5000000000", "INR"),
        ("10 billion yuan", "10000000000", "CNY"),
        ("100 million dollars", "100000000", "USD"),
        ("3 trillion won", "3000000000000", "KRW"),
        ("USD 250,000", "250000", "USD"),
        ("CHF 310 million", "310000000", "CHF"),
        ("88 million kronor", "88000000", "SEK"),
        ("190 million reais", "190000000", "BRL"),
        ("NOK 4bn", "4000000000", "NOK"),
    ],
)
def test_a_sum_is_read_by_value(text: str, value: str, currency: str) -> None:
    sentence = f"It paid {text}, people said."
    [found] = find_amounts(sentence)
    assert (str(found.value), found.currency) == (value, currency)
    assert sentence[found.start : found.end] == found.text == text


@pytest.mark.parametrize("text", ["$5 to $10 million", "$5-10 million", "$5 million to $10 million"])
def test_both_ends_of_a_range_count_in_the_same_scale(text: str) -> None:
    assert [found.value for found in find_amounts(f"It costs {text}.")] == [Decimal(5_000_000), Decimal(10_000_000)]


@pytest.mark.parametrize(
    "text",
    [
        "5,000 people",
        "10%",
        "GPT-4 and Rover 3",
        "a weight of 3 pounds",
        "the team won 3 won games",
        "¥5bn",
        "14.3 billion parameters",
        "$AAPL and $$$",
        "in 2023",
        "$5,00",
    ],
)
def test_what_names_no_currency_is_no_sum(text: str) -> None:
    assert find_amounts(text) == []


def test_sums_come_in_the_order_of_the_text() -> None:
    found = find_amounts("It raised €1bn, then 2 billion yuan, then $3 billion.")
    assert [(amount.value, amount.currency) for amount in found] == [
        (Decimal(1_000_000_000), "EUR"),
        (Decimal(2_000_000_000), "CNY"),
        (Decimal(3_000_000_000), "USD"),
    ]


@given(st.text(alphabet="$€0123456789.,-–kKmMbBıİſ\u212a toillnsdyuaw\u00a0\n", max_size=60))
def test_any_text_is_read_without_complaint(text: str) -> None:
    for found in find_amounts(text):
        assert text[found.start : found.end] == found.text
        assert found.value.is_finite()


@pytest.mark.parametrize("piece", ["$", "1,111,", "$1 ", "1 ", "$1-", "9"])
def test_long_texts_are_read_in_one_go(piece: str) -> None:
    text = piece * 20_000
    assert all(text[found.start : found.end] == found.text for found in find_amounts(text))
