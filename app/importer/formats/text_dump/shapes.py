"""What single lines of a story page look like."""

from __future__ import annotations

import re

from app.importer.lines import Line

COUNT = re.compile(r"([0-9]{1,4})\sSources?", re.IGNORECASE)
CURATED = re.compile(r"Curated by\b.{0,60}", re.IGNORECASE)
REVIEWED = re.compile(r"Reviewed by\s*(?P<name>.{0,60})")
MARKER = re.compile(r"\[(\d{1,4})\]", re.ASCII)
CUT_MARKER = re.compile(r"\[\d{0,4}", re.ASCII)
DIGITS = re.compile(r"\d{1,6}", re.ASCII)
BUTTON = re.compile(r"Share|Copy Link", re.IGNORECASE)
CREDIT = re.compile(r"Source:(?:\s+\S{1,40}){1,12}")
IMAGE_TEXT = re.compile(r"News article")
RELATED_STORIES = "Related Stories"
SUMMARISED_BY = "Summarized by"

#: What may stand at the beginning of a line that goes on after a marker.
STOPS = ".!?…。！？｡؟।۔"
PAUSES = ",;:，、；："
CLOSERS = "\"'”’»)]}」』"
#: Names that begin with a full stop.
DOTTED_NAME = re.compile(r"\.(?:NET|org|com|ai|io)\b")

_SHORT_NAME = re.compile(r"(?:\S{1,40}\s?){0,3}")
_HEADING_LENGTH, _HEADING_WORDS = 140, 18


def continues(line: Line) -> bool:
    """Whether a line goes on with the sentence before it: it begins with a stop, a pause, or something that closes."""
    first = line.text[0]
    if first in STOPS or first in PAUSES:
        return DOTTED_NAME.match(line.text) is None
    return first in ")]}”’»」』"


def stops(line: Line) -> bool:
    """Whether a line begins with the stop or pause that a marker was put before."""
    return line.text[0] in STOPS + PAUSES + ")" and continues(line)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a stop, closing quotes and brackets aside."""
    return text[-20:].rstrip(CLOSERS)[-1:] in tuple(STOPS)


def begins_lower(line: Line) -> bool:
    """Whether a line begins with a lower-case letter."""
    return line.text[0].islower()


def is_furniture(line: Line) -> bool:
    """Whether a line within the summary is a label, button, credit or alternative text."""
    text = line.text
    if len(text) > 400:
        return False
    if text == RELATED_STORIES or BUTTON.fullmatch(text) or IMAGE_TEXT.fullmatch(text) or COUNT.fullmatch(text):
        return True
    return bool(CREDIT.fullmatch(text)) and text[-1] not in STOPS


def related_stories_at(text: str) -> int:
    """Where a text ends and the label that is glued to it begins; -1 where there is none."""
    at = len(text) - len(RELATED_STORIES)
    return at if at > 0 and text.endswith(RELATED_STORIES) and text[at - 1] in STOPS + CLOSERS else -1


def summarised_at(text: str) -> int:
    """Where "Summarized by" begins: alone, after a stop, with or without a short name after it; -1 where it does not stand."""
    at = text.rfind(SUMMARISED_BY)
    if at < 0 or len(text) - at > len(SUMMARISED_BY) + 60:
        return -1
    before = text[:at].rstrip() if at else ""
    name = text[at + len(SUMMARISED_BY) :].strip()
    if (before and before[-1] not in STOPS + CLOSERS) or not is_name(name):
        return -1
    return at


def is_name(text: str) -> bool:
    """Whether a text can be the name of who wrote a summary: at most three words, no stop, empty allowed."""
    return _SHORT_NAME.fullmatch(text) is not None and text[-1:] not in tuple(STOPS) and not text.startswith("[")


def is_heading_form(text: str) -> bool:
    """Whether a line has the form of a heading: short, beginning like a sentence, not ending like one."""
    if len(text) > _HEADING_LENGTH or len(text.split()) > _HEADING_WORDS:
        return False
    return not text[0].islower() and text[-1] not in ".…。:;,，" and not text.endswith(("!", "."))
