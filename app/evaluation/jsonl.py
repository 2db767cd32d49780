"""Labelled sets that are published as files with one JSON object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_sets(directory: Path, keys: tuple[str, ...], pattern: str = "*.jsonl") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The objects of each file of ``directory`` that fits ``pattern``, with the file's name without its ending.

    Raises:
        ValueError: there is no such file, one is not JSON, or an object lacks one of ``keys``.
    """
    paths = sorted(directory.glob(pattern))
    if not paths:
        raise ValueError(f"no {pattern.removeprefix('*')} file in {directory}")
    for path in paths:
        rows = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
            lacking = [key for key in keys if not isinstance(row, dict) or key not in row]
            if lacking:
                raise ValueError(f"{path}, line {number}: no {', '.join(lacking)}")
            rows.append(row)
        yield path.stem, rows
