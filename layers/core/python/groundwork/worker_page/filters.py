"""The service's filters, and standard ones that need a limit or our idea of text (spec: crowd-elements §2.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from liquid.builtin.filters import misc, string
from liquid.exceptions import FilterArgumentError
from liquid.filter import sequence_filter, with_context, with_environment
from markupsafe import Markup

from groundwork.worker_page.context import PageContext
from groundwork.worker_page.limits import OUTPUT_BYTES, output_limit
from groundwork.worker_page.text_forms import (
    Captured,
    Escaped,
    GrantedUrl,
    Json,
    escaped,
    json_text,
    liquid_text,
    script_text,
)

Filter = Callable[..., Any]

_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)")
_LINE_END = re.compile(r"\r?\n")


def to_json(value: object) -> Json:
    """Write a value as JSON that no HTML place can break; missing values are `null`."""
    return Json(script_text(json_text(value)))


def escape(value: object) -> str:
    """Escape once and for all; what is escaped by its nature already stays as it is."""
    if isinstance(value, Escaped | Json | GrantedUrl):
        return value
    return Escaped(escaped(liquid_text(value)))


def escape_once(value: object) -> str:
    """Escape, but leave the character references that are there already."""
    if isinstance(value, Escaped):
        return value
    text = liquid_text(value)
    references_kept = _BARE_AMPERSAND.sub("&amp;", text).split("&")
    return Escaped("&".join(escaped(part) for part in references_kept))


def skip_autoescape(value: object) -> str:
    """Print as it is. A captured text is rendered already and keeps the escaping inside it."""
    return value if isinstance(value, Captured) else Markup(liquid_text(value))  # noqa: S704 - what it is for


@with_context
def grant_read_access(value: object, *, context: PageContext) -> str:
    """Turn the address of an S3 object into a short-lived one for the browser."""
    return context.grant(value)


def newline_to_br(value: object) -> str:
    """Put a `<br />` before every line end of the escaped text."""
    html = str(value) if isinstance(value, Markup) else escaped(liquid_text(value))
    return Escaped(_LINE_END.sub("<br />\n", html))


@sequence_filter
def join(items: Any, separator: object = " ") -> str:
    """Join the texts of an array."""
    texts = [str(liquid_text(item)) for item in items]
    between = str(liquid_text(separator))
    if sum(map(len, texts)) + len(between) * len(texts) > OUTPUT_BYTES:
        raise output_limit()
    return between.join(texts)


@sequence_filter
def uniq(items: Any, key: object = None) -> list[object]:
    """Keep the first of equal items; equal is what is written alike, so that it takes one pass."""
    first: dict[str, object] = {}
    for item in items:
        compared = item if key is None else item.get(key) if isinstance(item, Mapping) else None
        first.setdefault(json_text(compared), item)
    return list(first.values())


def replace(value: object, old: object, new: object = "") -> str:
    """Replace every occurrence."""
    text, what, by = liquid_text(value), str(liquid_text(old)), liquid_text(new)
    if len(text) + text.count(what) * len(by) > OUTPUT_BYTES:
        raise output_limit()
    return text.replace(what, by)


@with_context
@with_environment
def date(value: object, pattern: object, *, context: PageContext, environment: object) -> str:
    """Format a point in time.

    Raises
    ------
    FilterArgumentError
        `now` or `today`, and the page has no time of its own.
    """
    moment = value
    if isinstance(value, str) and value in ("now", "today"):
        moment = context.now
        if moment is None:
            raise FilterArgumentError("the current time is not known to this page", token=None)
    formatted = misc.date(moment, liquid_text(pattern), environment=environment)
    return str(formatted)


def _of_text(standard: Filter, *, arguments: bool) -> Filter:
    """Give a standard filter texts as Liquid writes them, where the library would use Python's notation."""

    def filtered(value: object, *given: object, **environment: object) -> Any:
        texts = [liquid_text(argument) for argument in given] if arguments else given
        return standard(liquid_text(value), *texts, **environment)

    return with_environment(filtered) if getattr(standard, "with_environment", False) else filtered


def slice_(value: object, start: object, length: object = 1) -> Any:
    """Take a part of a text or an array."""
    return string.slice_(value if isinstance(value, list | tuple | range) else liquid_text(value), start, length)


_TEXT_FILTERS: Mapping[str, Filter] = {
    "base64_decode": string.base64_decode,
    "base64_encode": string.base64_encode,
    "base64_url_safe_decode": string.base64_url_safe_decode,
    "base64_url_safe_encode": string.base64_url_safe_encode,
    "capitalize": string.capitalize,
    "downcase": string.downcase,
    "lstrip": string.lstrip,
    "rstrip": string.rstrip,
    "squish": string.squish,
    "strip": string.strip,
    "strip_html": string.strip_html,
    "strip_newlines": string.strip_newlines,
    "truncate": string.truncate,
    "truncatewords": string.truncatewords,
    "upcase": string.upcase,
    "url_decode": string.url_decode,
    "url_encode": string.url_encode,
}
_FILTERS_WITH_TEXT_ARGUMENTS: Mapping[str, Filter] = {
    "append": string.append,
    "prepend": string.prepend,
    "remove": string.remove,
    "remove_first": string.remove_first,
    "remove_last": string.remove_last,
    "replace_first": string.replace_first,
    "replace_last": string.replace_last,
    "split": string.split,
}

FILTERS: Mapping[str, Filter] = {
    **{name: _of_text(standard, arguments=False) for name, standard in _TEXT_FILTERS.items()},
    **{name: _of_text(standard, arguments=True) for name, standard in _FILTERS_WITH_TEXT_ARGUMENTS.items()},
    "date": date,
    "escape": escape,
    "escape_once": escape_once,
    "grant_read_access": grant_read_access,
    "join": join,
    "newline_to_br": newline_to_br,
    "replace": replace,
    "s3_presign": grant_read_access,
    "skip_autoescape": skip_autoescape,
    "slice": slice_,
    "to_json": to_json,
    "uniq": uniq,
}
"""Ours, by the names templates use; they stand in place of the library's."""
