"""HTML of a label file made safe to print into a page of ours (spec: task-types §6).

Only listed elements and attributes pass, everything is written anew, and what is opened is closed: no text of a label
file can end the region it stands in, load a script or cover the page. The page's Content-Security-Policy refuses
scripts of its own besides. A module of this size is enough for a list of plain elements, and keeps a compiled library
out of the Lambdas.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_TEXT = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong"}
    | {"sub", "sup", "u", "var"}
)
_BLOCKS = frozenset({"blockquote", "details", "div", "figcaption", "figure", "p", "pre", "summary"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"dd", "dl", "dt", "li", "ol", "ul"})
_TABLES = frozenset({"caption", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_ELEMENTS = _VOID | _TEXT | _BLOCKS | _HEADINGS | _LISTS | _TABLES
_DROPPED_WITH_CONTENT = frozenset(
    {"iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template"}
    | {"textarea", "title", "xmp"}
)
_ATTRIBUTES = frozenset({"title", "lang", "dir"})
_ATTRIBUTES_OF = {
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
_ADDRESS = {
    "href": re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE),
    "src": re.compile(r"(?:https?://|data:image/(?:png|jpeg|gif|webp);base64,)", re.IGNORECASE),
}
_TAG = re.compile(r"</?[a-zA-Z]")
_LINE_END = re.compile(r"\r\n?|\n")


@lru_cache(maxsize=16)
def safe_html(text: str) -> str:
    """Write text or HTML as HTML that shows the same and does nothing; line ends of plain text stay visible."""
    if not _TAG.search(text):
        text = _LINE_END.sub("<br>", text)
    writer = _SafeWriter()
    writer.feed(text)
    writer.close()
    return writer.result()


class _SafeWriter(HTMLParser):
    """Writes what it reads, as far as it is allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._open: list[str] = []
        self._dropping: list[str] = []

    def result(self) -> str:
        """Return what was written, with everything closed."""
        closing = [f"</{name}>" for name in reversed(self._open)]
        return "".join((*self._written, *closing))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping or tag in _DROPPED_WITH_CONTENT:
            self._dropping += [tag] if tag in _DROPPED_WITH_CONTENT else []
            return
        if tag not in _ELEMENTS or (tag == "a" and "a" in self._open):
            return
        self._written.append(f"<{tag}{''.join(_attributes(tag, attrs))}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED_WITH_CONTENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.pop()
            return
        if tag not in self._open:
            return
        while (closed := self._open.pop()) != tag:
            self._written.append(f"</{closed}>")
        self._written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self._written.append(escape(data))


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> list[str]:
    allowed = _ATTRIBUTES | _ATTRIBUTES_OF.get(tag, frozenset())
    written = [
        f' {name}="{escape(value.strip())}"'
        for name, value in attrs
        if name in allowed and value is not None and _address_allowed(name, value.strip())
    ]
    if tag == "a":
        written.append(' target="_blank" rel="noopener noreferrer"')
    return written


def _address_allowed(name: str, value: str) -> bool:
    pattern = _ADDRESS.get(name)
    return pattern is None or pattern.match(value) is not None
