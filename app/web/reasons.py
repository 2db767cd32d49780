"""What the check found, in the reader's language.

The check writes its reasons in English, and the store keeps them so, as a record of what it said. Here they are read again: each
is one of these messages with values in it.
"""

from __future__ import annotations

import re

from app.web.i18n import N_, SOURCE, gettext, language
from app.web.words import listed

#: Of two that fit, the first is the one.
REASONS = (
    N_("The document has no sources."),
    N_("The document has no text of its sources."),
    N_("The sentence has nothing to compare."),
    N_("The line lists what a form says, not what a source tells."),
    N_("There is no text of source %(numbers)s."),
    N_("No source has anything of this sentence."),
    N_("No source has enough of this sentence to support it."),
    N_("No source has these words."),
    N_("Part of this is only in source %(number)s, which the sentence does not cite."),
    N_("This is in source %(number)s, not in %(numbers)s, which the sentence cites."),
    N_("The quotation is in source %(number)s, which the sentence does not cite."),
    N_("The quotation is not word for word as in source %(number)s."),
    N_("The sentence cites no source; source %(number)s has this."),
    N_("Source %(number)s says this on the word of others (“%(words)s”); the summary tells it as a fact."),
    N_("The summary says it as a fact; source %(number)s says “%(words)s”."),
    N_("The summary says “%(said)s”; source %(number)s says “%(words)s”."),
    N_("The summary says “%(said)s”; the passage of source %(number)s does not."),
    N_("The summary names %(said)s; no source does."),
    N_("The summary has %(said)s say this; in source %(number)s it is %(words)s."),
    N_("The summary says %(said)s; no source has that date."),
    N_("The summary says %(said)s; no source has that value."),
    N_("The summary says %(said)s; that is in source %(number)s, which the sentence does not cite."),
    N_("The summary says %(said)s; source %(number)s says %(words)s."),
    N_("Source %(number)s says %(said)s; source %(other)s says %(words)s."),
    N_("A curator set aside what was found."),
)
_VALUES = {"number": r"\d+", "other": r"\d+", "numbers": r"\d+(?: (?:and|or) \d+)*"}
_VALUE = re.compile(r"%\\\((\w+)\\\)s|%\((\w+)\)s")


def _pattern(message: str) -> re.Pattern[str]:
    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        return f"(?P<{name}>{_VALUES.get(name, '.+?')})"

    return re.compile(_VALUE.sub(value, re.escape(message)), re.DOTALL)


_PATTERNS = tuple((message, _pattern(message)) for message in REASONS)


def reason(text: str) -> str:
    """A reason of the check in the reader's language; one of an older check that is none of today's stays as it is."""
    if language().code == SOURCE:
        return text
    for message, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            values = match.groupdict()
            if "numbers" in values:
                values["numbers"] = listed(re.findall(r"\d+", values["numbers"]))
            return gettext(message, **values)
    return text
