"""Tables in a page of the documentation, between two marks."""

from __future__ import annotations

import re
from pathlib import Path

BEGIN = "<!-- written by make bench-quality -->"
END = "<!-- end of what make bench-quality writes -->"


def replace_tables(page: Path, tables: str) -> None:
    """Replace what is between the marks.

    Raises
    ------
    ValueError
        The page lacks them.
    """
    before = page.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not between.search(before):
        raise ValueError(f"{page} lacks the marks {BEGIN} and {END}")
    block = f"{BEGIN}\n\n```text\n{tables}\n```\n\n{END}"
    page.write_text(between.sub(lambda _: block, before), encoding="utf-8")
