"""What the other languages of the interface call times, in the English words that spans are read in; pure.

All languages are understood at once, whatever the reader's is: none of their words means something else in another.
"""

from __future__ import annotations

import re

_GERMAN = {
    english: words.split()
    for english, words in {
        "": "der die das den dem des im am",
        "since": "seit ab",
        "from": "von vom",
        "to": "bis",
        "between": "zwischen",
        "and": "und",
        "before": "vor",
        "this": "diese diesen dieser dieses",
        "last": "letzte letzten letzter letztes vergangene vergangenen vergangener vergangenes vorige vorigen voriger voriges",
        "today": "heute",
        "yesterday": "gestern",
        "day": "tag tage tagen",
        "week": "woche wochen",
        "month": "monat monate monaten monats",
        "quarter": "quartal quartale quartalen quartals",
        "year": "jahr jahre jahren jahres",
        "a": "ein eine einen einem einer",
        "two": "zwei",
        "three": "drei",
        "four": "vier",
        "five": "fünf",
        "six": "sechs",
        "seven": "sieben",
        "eight": "acht",
        "nine": "neun",
        "ten": "zehn",
        "twelve": "zwölf",
        "january": "januar jänner",
        "february": "februar",
        "march": "märz mär mrz",
        "may": "mai",
        "june": "juni",
        "july": "juli",
        "october": "oktober okt",
        "december": "dezember dez",
        "spring": "frühling frühjahr",
        "summer": "sommer",
        "autumn": "herbst",
    }.items()
}
_ENGLISH = {word: english for english, words in _GERMAN.items() for word in words}
_NTH = {
    name: number
    for number, names in enumerate(("erste", "zweite", "dritte", "vierte"), 1)
    for name in (names, f"{names}s", f"{names}n", f"{number}")
}
_PART = re.compile(rf"\b({'|'.join(_NTH)})\.? (quartal|halbjahr)\w*")
_ORDINAL = re.compile(r"\b(\d{1,2})\.(?= )")
_WORD = re.compile(r"[^\W\d_]+")


def in_english(text: str) -> str:
    """A span of time in English words, folded: "seit Juni" is "since june", "3. Quartal 2025" is "q3 2025"."""
    folded = " ".join(text.casefold().split())
    parts = _PART.sub(lambda match: f"{match[2][0]}{_NTH[match[1]]}", folded)
    days = _ORDINAL.sub(r"\1", parts)
    return " ".join(_WORD.sub(lambda match: _ENGLISH.get(match[0], match[0]), days).split())
