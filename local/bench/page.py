"""Tables in a page of the documentation, between two marks; a page may have several parts with marks of their own."""

from __future__ import annotations

import re
from pathlib import Path


def marks(part: str | None = None) -> tuple[str, str]:
    """Write the two marks of a part, or those of a page that has but one."""
    name = f": {part}" if part else ""
    return f"<!-- written by make bench-quality{name} -->", f"<!-- end of what make bench-quality writes{name} -->"


def replace_tables(page: Path, tables: str, part: str | None = None) -> None:
    """Replace what is between the marks, those of `part` if it is given.

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
