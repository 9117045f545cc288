"""The forms of a value: what filters see, what HTML gets, what a script gets (spec: crowd-elements §2.4)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from liquid import Undefined
from markupsafe import Markup
from markupsafe import escape as markup_escape

_SCRIPT_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&'"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Forms(NamedTuple):
    """A value written out: raw for filters, `html` for attributes and text, `script` for script elements."""

    raw: str
    html: str
    script: str


class Escaped(Markup):
    """Text that has been escaped and is not escaped again."""


class Json(str):
    """What `to_json` made: only its double quotes are left to escape, and only outside of scripts."""

    __slots__ = ()


class GrantedUrl(str):
    """An address a granting filter made: `&` in it stays an `&` for HTML and for a script's string alike."""

    __slots__ = ()


class Captured(str):
    """What `capture` stored: filters see the unescaped text, printing gives the text as it was rendered."""

    forms: Forms

    def __new__(cls, forms: Forms) -> Captured:
        """Make the raw text the value."""
        instance = super().__new__(cls, forms.raw)
        instance.forms = forms
        return instance

    def __sizeof__(self) -> int:
        return super().__sizeof__() + sum(sys.getsizeof(form) for form in self.forms)


def forms_of(value: object) -> Forms:
    """Write a value out for every place it may land in."""
    match value:
        case Captured():
            return value.forms
        case Json():
            return Forms(value, value.replace('"', "&quot;"), value)
        case GrantedUrl():
            return Forms(value, escaped(value), script_text(value))
        case Markup():
            text = str(value)
            return Forms(text, text, text)
    text = liquid_text(value)
    html = escaped(text)
    return Forms(text, html, html)


def liquid_text(value: object) -> str:
    """Write a value as filters see it: nothing for missing values, JSON for arrays and objects."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case None | Undefined():
            return ""
        case range():
            return f"{value.start}..{value.stop - 1}"
        case Mapping() | list() | tuple():
            return json_text(value)
    return str(value)


def json_text(value: object) -> str:
    """Write a value as compact JSON; missing values are `null`.

    Raises
    ------
    ValueError
        The value holds NaN or an infinity, which JSON has no word for.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", text)


def script_text(text: str) -> str:
    r"""Write `< > & '` as `\uXXXX`, which JSON and JavaScript strings read back."""
    return text.translate(_SCRIPT_ESCAPES)


def escaped(text: str) -> str:
    """Escape the five characters that mean something in HTML, and carriage returns.

    A browser reads a carriage return with a line feed as one character, which would move every offset behind it.
    """
    return str(markup_escape(str(text))).replace("&#34;", "&quot;").replace("\r", "&#13;")


def encodable(text: str) -> str:
    """Replace halves of surrogate pairs, which UTF-8 has no bytes for."""
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _plain(value: object) -> Any:
    match value:
        case Undefined():
            return None
        case Mapping():
            return dict(value)
        case range():
            return list(value)
        case Decimal():
            return float(value)
    return str(value) or None
