"""Sums of money in running prose, by value: "$14.3 billion" and "US$14,300m" are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from app.analysis.signs import Sign, signs


class AmountPhrase(NamedTuple):
    """A sum of money at characters ``start`` to ``end`` (end excluded) of a text; ``currency`` is an ISO 4217 code."""

    start: int
    end: int
    text: str
    value: Decimal
    currency: str


_SIGNS = {
    "$": "USD", "us$": "USD", "usd": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nt$": "TWD",
    "s$": "SGD", "nz$": "NZD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "₹": "INR", "inr": "INR", "rs": "INR",
    "₩": "KRW", "krw": "KRW", "rmb": "CNY", "cny": "CNY", "jpy": "JPY", "chf": "CHF", "sek": "SEK", "₪": "ILS", "₽": "RUB",
    "cn¥": "CNY", "jp¥": "JPY", "r$": "BRL", "₺": "TRY", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "zar": "ZAR", "brl": "BRL",
    "mxn": "MXN", "aed": "AED", "hkd": "HKD", "aud": "AUD", "nzd": "NZD", "twd": "TWD", "myr": "MYR", "czk": "CZK", "huf": "HUF",
    "mx$": "MXN",
}  # fmt: skip
#: Names of currencies, in the singular. A plain "¥" is the yen's or the yuan's and therefore no currency.
_NAMES = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "pound": "GBP",
    "yuan": "CNY", "renminbi": "CNY", "yen": "JPY", "won": "KRW", "rupee": "INR", "swiss franc": "CHF", "usd": "USD",
    "eur": "EUR", "gbp": "GBP", "rmb": "CNY", "cny": "CNY", "jpy": "JPY", "krw": "KRW", "inr": "INR", "chf": "CHF",
    "canadian dollar": "CAD", "australian dollar": "AUD", "hong kong dollar": "HKD", "singapore dollar": "SGD",
    "new zealand dollar": "NZD", "taiwan dollar": "TWD", "taiwanese dollar": "TWD", "swedish krona": "SEK",
    "swedish kronor": "SEK", "kronor": "SEK", "norwegian krone": "NOK", "norwegian kroner": "NOK", "danish krone": "DKK",
    "danish kroner": "DKK", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "brazilian real": "BRL", "reais": "BRL", "zloty": "PLN",
    "złoty": "PLN", "koruna": "CZK", "forint": "HUF", "rand": "ZAR", "mexican peso": "MXN", "dirham": "AED", "ringgit": "MYR",
    "shekel": "ILS", "rouble": "RUB", "ruble": "RUB", "turkish lira": "TRY",
}  # fmt: skip
_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "m": 6, "mm": 6, "billion": 9, "bn": 9, "b": 9, "bln": 9,
    "trillion": 12, "tn": 12, "trn": 12, "t": 12, "lakh": 5, "crore": 7,
}  # fmt: skip


#: Names that mean something else too and count only after a scale: "5 billion won", but not "3 won" or "3 pounds".
_DOUBTFUL = frozenset({"pound", "won", "rand"})


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# The pattern is ASCII so that upper and lower case are those of the tables; these are the spaces that ASCII lacks.
_SPACE = r"[\s\u00a0\u2009\u202f]"
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,6})?(?![\d,]*\d)"
_SCALE = (
    rf"(?:(?:{_SPACE}|-)?(?:thousand|million|billion|trillion|lakh|crore)s?"
    rf"|{_SPACE}?(?:mn|mln|bn|bln|tn|trn|m|b)|[kt]|mm)\b"
)
#: Letters before a sign with which they make no currency that is known are taken for part of it.
_SIGN = rf"(?:{_alternatives(_SIGNS)}|[a-z]{{1,2}}[€£])"
_MONEY = re.compile(
    rf"(?<![\w$€£₹.,])(?P<sign>{_SIGN}){_SPACE}?(?P<number>{_NUMBER})(?P<scale>{_SCALE})?(?!\w)"
    rf"(?:(?:{_SPACE}?[-–—]{_SPACE}?|{_SPACE}to{_SPACE})(?P<upper>(?:{_SIGN})?(?P<other>{_NUMBER})(?P<shared>{_SCALE}))(?!\w))?"
    rf"|(?<![\w$€£₹¥.,-])(?P<plain>{_NUMBER})(?P<times>{_SCALE})?(?:{_SPACE}|-)(?P<name>{_alternatives(_NAMES)})s?\b",
    re.IGNORECASE | re.ASCII,
)


_NUMBER_BEGINS = re.compile(r"\d(?<!\d\d)", re.ASCII)
_SIGN_BEFORE = re.compile(rf"(?<![\w$€£₹.,])(?:{_SIGN}){_SPACE}?\Z", re.IGNORECASE | re.ASCII)
_LONGEST_SIGN = max(map(len, _SIGNS)) + len(" ")
_NEEDED = Sign.DIGIT | Sign.CURRENCY


def find_amounts(text: str) -> list[AmountPhrase]:
    """Find the sums of money in ``text``, in order.

    Only what names its currency counts: "$14.3 billion", "€1.7bn", "US$5 million", "10 billion yuan". A dollar without a
    country is the United States'. "$5 to $10 million" are two sums in millions. Time is linear in the length of the text.
    """
    found: list[AmountPhrase] = []
    if signs(text) & _NEEDED != _NEEDED:
        return found
    for match in _matches(text):
        if match["sign"] is None:
            name = match["name"].lower()
            if match["times"] or name not in _DOUBTFUL:
                value = _value(match["plain"], match["times"])
                found.append(AmountPhrase(match.start(), match.end(), match[0], value, _NAMES[name]))
            continue
        sign = match["sign"].lower()
        currency = _SIGNS.get(sign) or _SIGNS[sign[-1]]
        start, end = match.start(), max(match.end("number"), match.end("scale"))
        value = _value(match["number"], match["scale"] or match["shared"])
        found.append(AmountPhrase(start, end, text[start:end], value, currency))
        if match["upper"]:
            value = _value(match["other"], match["shared"])
            found.append(AmountPhrase(match.start("upper"), match.end("upper"), match["upper"], value, currency))
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The matches of :data:`_MONEY`, tried only where numbers begin: to try it at every character takes five times as long."""
    reach = 0
    for number in _NUMBER_BEGINS.finditer(text):
        start = number.start()
        if start < reach:
            continue
        sign = _SIGN_BEFORE.search(text, max(start - _LONGEST_SIGN, reach), start)
        match = (sign and _MONEY.match(text, sign.start())) or _MONEY.match(text, start)
        if match:
            reach = match.end()
            yield match


def _value(number: str, scale: str | None) -> Decimal:
    """The value without an exponent and without zeros behind the point."""
    value = Decimal(number.replace(",", "")).scaleb(_power(scale) if scale else 0)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _power(scale: str) -> int:
    word = scale.lower().strip().strip("-")
    return _SCALES.get(word) or _SCALES[word.removesuffix("s")]
