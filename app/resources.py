"""Where the files are that are not code: templates, static files, migrations, the sample corpus."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_dir(name: str) -> Path:
    """The directory of this name: in a checkout beside the package, in an installed wheel inside it.

    Raises:
        FileNotFoundError: there is none; the installation is incomplete.
    """
    for parent in (_PACKAGE / "_resources", _PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"Dateline's directory {name!r} is missing: the installation is incomplete")
