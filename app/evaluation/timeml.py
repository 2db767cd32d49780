"""Reading texts with labelled time expressions: TimeML (TempEval-3's TimeBank and AQUAINT) and CATENA's column files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LabelledPhrase:
    """A time expression at characters ``start`` to ``end`` (end excluded), with its TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A news text, its sentences' boundaries where the file has them, and the day of publication as TIMEX3 writes it."""

    name: str
    text: str
    published: str
    phrases: tuple[LabelledPhrase, ...]


def read_labelled_texts(directory: Path) -> list[LabelledText]:
    """Every ``*.tml`` and ``*.col`` file under ``directory`` that is not hidden, in the order of their paths.

    Raises:
        ValueError: there is none, or one has no date of publication.
    """
    texts = [read_timeml(path) for path in sorted(directory.rglob("[!.]*.tml"))]
    texts += [read_columns(path) for path in sorted(directory.rglob("[!.]*.col"))]
    if not texts:
        raise ValueError(f"no .tml or .col file under {directory}")
    return texts


class _TimeMLReader(HTMLParser):
    """Collects the text of a TimeML document and its TIMEX3 elements. No entity is resolved but the predefined ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.length = 0
        self.in_text = False
        self.published: str | None = None
        self.phrases: list[LabelledPhrase] = []
        self._open: list[tuple[int, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "text":
            self.in_text = True
        elif tag == "timex3" and self.in_text:
            self._open.append((self.length, values.get("type", ""), values.get("value", "")))
        elif tag == "timex3" and values.get("functionindocument") == "CREATION_TIME":
            self.published = values.get("value")

    def handle_endtag(self, tag: str) -> None:
        if tag == "text":
            self.in_text = False
        elif tag == "timex3" and self._open:
            start, kind, value = self._open.pop()
            self.phrases.append(LabelledPhrase(start, self.length, kind, value))

    def handle_data(self, data: str) -> None:
        if self.in_text:
            self.pieces.append(data)
            self.length += len(data)


def read_timeml(path: Path) -> LabelledText:
    """Read one TimeML document."""
    reader = _TimeMLReader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    if reader.published is None:
        raise ValueError(f"{path} has no date of publication")
    return LabelledText(path.stem, "".join(reader.pieces), reader.published, tuple(reader.phrases))


_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]]|'|''|'(?:s|re|ve|ll|d|m|S)|n't|-RRB-")
_NO_SPACE_AFTER = frozenset({"$", "(", "``", "-LRB-", "#"})
_SPELLED = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}


def read_columns(path: Path) -> LabelledText:
    """Read one column file: a token a line, its time expression in columns 7 to 9; running text is put together again."""
    text, published, phrases = "", None, []
    current: tuple[str, int, str, str] | None = None
    glue = True
    for line in path.read_text("utf-8").splitlines():
        columns = line.split("\t")
        if line.startswith("DCT_"):
            published = columns[next(at for at, kind in enumerate(columns) if kind in ("DATE", "TIME")) + 1]
            continue
        if len(columns) < 10:
            if current:
                phrases.append(LabelledPhrase(current[1], len(text), current[2], current[3]))
                current = None
            text += "" if glue else "\n\n" if line.strip() == "" else ""
            glue = True
            continue
        token, identifier, kind, value = columns[0], columns[7], columns[8], columns[9]
        if current and identifier != current[0]:
            phrases.append(LabelledPhrase(current[1], len(text), current[2], current[3]))
            current = None
        text += "" if glue or _NO_SPACE_BEFORE.fullmatch(token) else " "
        if identifier != "O" and current is None:
            current = (identifier, len(text), kind, value)
        text += _SPELLED.get(token, token)
        glue = token in _NO_SPACE_AFTER
    if current:
        phrases.append(LabelledPhrase(current[1], len(text), current[2], current[3]))
    if published is None:
        raise ValueError(f"{path} has no date of publication")
    return LabelledText(path.stem, text, published, tuple(phrases))
