"""Sources the Liquid library must not see: its lexer takes minutes over some that are short enough for a template."""

from __future__ import annotations

import re

from groundwork.worker_page.errors import TemplateError
from groundwork.worker_page.limits import SOURCE_CHARACTERS

_BLANKS = 200
_UNCLOSED = 50
"""Unclosed openings the lexer may meet: for each it reads on to the end of the source, then says what is wrong."""
_PADDED_END = re.compile(rf"\s{{{_BLANKS}}}-?[%}}]\}}")
_VERBATIM = tuple(
    (name, re.compile(rf"\{{%-?\s*{name}\s*-?%\}}"), re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}"))
    for name in ("raw", "doc")
)


def check_source(source: str) -> None:
    """Check the length, and that everything that is opened is closed.

    Raises
    ------
    TemplateError
        The source is no template.
    """
    if not 1 <= len(source) <= SOURCE_CHARACTERS:
        raise TemplateError.at(
            "TemplateLength", f"a template has 1 to {SOURCE_CHARACTERS:,} characters, this one has {len(source):,}"
        )
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        end = source.rfind(closing) + 1
        if source.count(opening, end) > _UNCLOSED:
            raise _error(f"{opening!r} is never closed by {closing!r}", source, source.find(opening, end))
    padded = _PADDED_END.search(source)
    if padded:
        raise _error(f"{_BLANKS} blanks or more before the end of an output or a tag", source, padded.end())
    for name, opening_tag, closing_tag in _VERBATIM:
        closed = max((tag.end() for tag in closing_tag.finditer(source)), default=0)
        unclosed = [tag.start() for tag in opening_tag.finditer(source, closed)]
        if len(unclosed) > _UNCLOSED:
            raise _error(f"{name!r} is never closed by 'end{name}'", source, unclosed[0])


def _error(message: str, source: str, position: int) -> TemplateError:
    return TemplateError.at("SyntaxError", message, source.count("\n", 0, position) + 1)
