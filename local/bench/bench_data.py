"""Where the data sets are that the quality of consolidation is measured on; they are not part of the project."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

SETTING = "BENCH_DATA"
"""Environment variable that names the folder; each data set is a folder in it."""


class NoDataError(LookupError):
    """There is no data to measure on; the text says what to do."""


def data_root() -> Path:
    """Find the folder of all data sets.

    Raises
    ------
    NoDataError
        It is not named, or is none.
    """
    named = os.environ.get(SETTING)
    if not named or not Path(named).is_dir():
        raise NoDataError(
            f"{SETTING} must name a folder in which each data set is a folder "
            "(docs/consolidation.md says which, and what they hold)"
        )
    return Path(named)


def data_set(name: str, *files: str) -> Path:
    """Find one data set by the name of its folder.

    Raises
    ------
    NoDataError
        It is not there, or a file of it is missing.
    """
    folder = data_root() / name
    if missing := [file for file in files if not (folder / file).is_file()]:
        raise NoDataError(f"{folder} (in {SETTING}) has no {', '.join(missing)}")
    return folder


def rows(file: Path) -> Iterator[dict[str, str]]:
    """Read a CSV file."""
    yield from csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
