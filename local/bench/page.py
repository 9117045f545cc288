"""Tables in a page of the documentation, between two marks."""

from __future__ import annotations

import re
from pathlib import Path

BEGIN = "<!-- written by make bench-quality -->"
END = "<!-- end of what make bench-quality writes -->"


def marks(part: str | None) -> tuple[str, str]:
    """Name the marks around the tables, or around those of one part."""
    named = f": {part} -->" if part else " -->"
    return BEGIN.replace(" -->", named), END.replace(" -->", named)


def replace_tables(page: Path, tables: str, part: str | None = None) -> None:
    """Replace what is between the marks.

    Raises
    ------
    ValueError
        The page lacks them.
    """
    before = page.read_text(encoding="utf-8")
    begin, end = marks(part)
    between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not between.search(before):
        raise ValueError(f"{page} lacks the marks {begin} and {end}")
    block = f"{begin}\n\n```text\n{tables}\n```\n\n{end}"
    page.write_text(between.sub(lambda _: block, before), encoding="utf-8")
