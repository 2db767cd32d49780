"""Where the specimens of a format are: documents in our own words that it reads without a complaint.

They are the files in ``tests/importer/formats/<module>/specimens/``, and here in ``specimens/<module>*``. Whoever adds a format puts
at least one into either; nothing else has to know.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.importer import formats
from app.importer.formats import Format
from app.importer.front_matter import split_front_matter

TESTS = Path(__file__).parent.parent
#: What lies elsewhere because more than its format's tests use it.
_ELSEWHERE = {"text_dump": TESTS / "data" / "dumps"}


def module_of(form: Format) -> str:
    """The module or package of a format, which is not always called as the format is."""
    return form.parse.__module__.removeprefix(formats.__name__ + ".").partition(".")[0]


@lru_cache
def specimens(form: Format) -> dict[str, str]:
    """The specimens of a format by the names of their files, as its parser gets them: decoded, without front matter."""
    module = module_of(form)
    folders = [TESTS / "importer" / "formats" / module / "specimens", _ELSEWHERE.get(module)]
    files = [file for folder in folders if folder and folder.is_dir() for file in sorted(folder.iterdir()) if file.is_file()]
    files += sorted(file for file in (Path(__file__).parent / "specimens").iterdir() if _is_of(file, module))
    return {file.name: _body(file.read_bytes().decode("utf-8-sig")) for file in files}


def _is_of(file: Path, module: str) -> bool:
    return file.stem == module or file.stem.startswith(module + "-")


def _body(text: str) -> str:
    return text[split_front_matter(text)[1] :]
