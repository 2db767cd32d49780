"""Where the sentences of running prose begin and end.

A stop ends a sentence unless something says otherwise: an abbreviation before it, a word in lower case after it, a bracket around
it. The lists below are closed classes of English; scripts without upper case, and those with stops of their own, need none.
"""

from __future__ import annotations

import re

_BREAK = re.compile(
    r"""
    (?P<blank>\n[^\S\n]*\n\s*)                                   # an empty line always separates
    | (?P<wide>[。！？｡]+[」』”’）)"']*)                            # stops that need no space after them
    | (?P<stop>(?<![.!?…؟।۔])[.!?…؟।۔]+(?:[ ]\.)*)(?P<close>["'”’»)\]}*_]*(?:[^\S\n]?\[\d{1,3}\])*)(?=\s|$)
    """,
    re.VERBOSE,
)
#: What every break begins with; looking for these alone is many times faster than trying the whole pattern everywhere.
_BREAK_BEGINS = re.compile("[\n.!?…؟।۔。！？｡]")
_SOMETHING = re.compile(r"\S")
_BRACKETS = re.compile(r"\([^()\n]{1,300}\)|\[[^\[\]\n]{1,300}\]")
_LONGEST_WORD = 40
#: What opens an aside; one that begins in lower case or with a number goes on with the sentence.
_ASIDES = ("(", "[")
_OPENING = re.compile(r"[\"'“”‘’()\[\]{}—/*]")
_NEXT_WORD = re.compile(r"\s*(?P<open>[\"'“‘«(\[{¿¡*_—–-]*)\s?(?P<word>[^\s\"'“”’)\]},;:!?—]{0,40})")
_SPEAKER = re.compile(
    r"\s+(?:[A-Z][\w.’'-]{0,30}\s){1,4}"
    r"(?:said|says|asked|asks|wrote|writes|added|adds|told|replied|quipped|tweeted|exclaimed|wondered)\b"
)
_POINTED = re.compile(r"(?:[^\W\d_]{1,3}\.){1,4}[^\W\d_]{1,3}")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_LIST_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{1,4}")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Never the last word of a sentence.
_BEFORE_A_NAME = _words(
    "mr mrs ms mx dr prof gen sen sens rep reps gov govs lt col cpl sgt capt cmdr adm maj rev hon pres supt det insp msgr mgr "
    "fr messrs mme mlle st ste mt ft e.g i.e cf vs viz approx ca esp incl resp spc pvt brig atty amb"
)
#: Not the last word where a number follows.
_BEFORE_A_NUMBER = _words(
    "no nos fig figs p pp vol vols art arts sec secs ch chap eq eqs ref refs ver v n ed para c al §"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
#: May end a sentence, and do so where a word follows that begins sentences and hardly ever a name.
_MAY_END = _words(
    "inc corp ltd co cos llc llp plc bros intl natl assn dept div univ inst gmbh spa pty jr sr esq ave blvd rd bldg rte "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ont ore pa penn que "
    "tenn tex va vt wash wis wyo al ph bsc msc hr hrs min mins sq est ext tel "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"
)
_ABBREVIATIONS = _BEFORE_A_NAME | _BEFORE_A_NUMBER | _MAY_END
_BRANDS_WITH_MARK = _words("yahoo jeopardy yum joomla")
_AFTER_A_CLOCK = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec et est edt ct cst cdt mt mst mdt pt pst pdt "
    "gmt utc bst cet eastern central mountain pacific"
)
#: Words that begin sentences and hardly ever names.
_STARTERS = _words(
    "the a an this that these those it its he she they we you i his her their our your my there here in on at by for from "
    "with without under over after before since until during while when where why how what who which whose if though although "
    "because as and but or so yet nor however moreover furthermore meanwhile still also then now once only even both either "
    "neither some many most several all any each every no not one another other such more less few none according despite "
    "instead thus therefore hence earlier later last next is are was were do does did can could will would should may might "
    "must have has had to nearly almost about among between like unlike rather perhaps indeed today yesterday tomorrow it's "
    "he's she's they're we're i'm i've that's there's what's don't"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of ``text``.

    Args:
        text: running prose of any length; empty lines separate, single line breaks do not.

    Returns:
        Offsets ``(start, end)`` of each sentence in order, without the white space around it. Every character that is not
        white space belongs to exactly one sentence. Time is linear in the length of the text.
    """
    asides = [match.span() for match in _BRACKETS.finditer(text)]
    sentences: list[tuple[int, int]] = []
    start, aside, reach = 0, 0, 0
    for begin in _BREAK_BEGINS.finditer(text):
        at = begin.start()
        if at < reach:
            continue
        plainly = _plainly_ends(text, start, at)
        match = None if plainly else _BREAK.match(text, at)
        if match is None and not plainly:
            continue
        reach = match.end() if match else at + 1
        while aside < len(asides) and asides[aside][1] <= at:
            aside += 1
        if match is None or match["stop"] is not None:
            inside = aside < len(asides) and asides[aside][0] < at and reach < asides[aside][1]
            if inside and _SOMETHING.search(text, start, asides[aside][0]):
                continue
            if match is not None and not _ends_sentence(text, start, match):
                continue
        start = _add(sentences, text, start, reach)
    _add(sentences, text, start, len(text))
    return sentences


def _add(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    piece = text[start:end].rstrip()
    stripped = piece.lstrip()
    if stripped:
        sentences.append((start + len(piece) - len(stripped), start + len(piece)))
    return end


def _plainly_ends(text: str, start: int, at: int) -> bool:
    """Whether a sentence ends at ``at`` as nearly all do: a word that abbreviates nothing, a full stop, a space, a capital.

    The pattern for all breaks finds the same there, and takes longer.
    """
    if not text.startswith(". ", at) or not text[at + 2 : at + 3].isupper():
        return False
    space = text.rfind(" ", max(start, at - _LONGEST_WORD), at)
    word = text[space + 1 : at]
    # One letter may be an initial, and "iv" number a list.
    return space >= 0 and len(word) > 1 and word.isalpha() and bool(word.strip("ivx")) and word.lower() not in _ABBREVIATIONS


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, match.end())
    assert following is not None, "every part of the pattern may be empty"
    word = following["word"]
    stop, close = match["stop"], match["close"]
    before = _last_word(text[max(start, match.start() - _LONGEST_WORD) : match.start()])
    if word[:1].islower():
        return not close and stop != "…" and "..." not in stop and bool(_CAMEL.match(word)) and not _abbreviated(before, word)
    if stop == ".":
        if not close and _is_list_number(text[start : min(match.start(), start + _LONGEST_WORD)]):
            return False
        if following["open"][:1] in _ASIDES and not word[:1].isupper() and _POINTED.fullmatch(before):
            return False  # "at 10:35 a.m. (0735 GMT) Friday"
        return not (_abbreviated(before, word) and not (close and close[0] in '"”'))
    if "." in stop or stop == "…":
        return bool(word)
    if close[:1] in ('"', "”", "’") and _SPEAKER.match(text, match.end()):
        return False
    return not (before.lower() in _BRANDS_WITH_MARK and word.lower() not in _STARTERS)


def _last_word(text: str) -> str:
    words = text.split()
    return _OPENING.split(words[-1])[-1] if words and not text[-1].isspace() else ""


def _is_list_number(sentence: str) -> bool:
    """Whether all that the sentence has so far numbers a list ("1.", "b.")."""
    return _LIST_NUMBER.fullmatch(sentence.strip()) is not None


def _abbreviated(before: str, word: str) -> bool:
    """Whether the stop between ``before`` and ``word`` belongs to an abbreviation within a sentence."""
    key = before.lower().rpartition(",")[2]
    if not key or not word:
        return False
    if key in _BEFORE_A_NAME:
        return True
    next_key = word.lower().replace("’", "'").rstrip(".")
    if word[0].isdigit():
        return key in _BEFORE_A_NUMBER
    if key in ("a.m", "p.m", "am", "pm"):
        return "." in key and next_key in _AFTER_A_CLOCK
    if key in _MAY_END or _POINTED.fullmatch(key):
        return next_key not in _STARTERS
    if len(key) == 1 and before.isalpha() and before.isupper():
        return next_key not in _STARTERS
    return False
