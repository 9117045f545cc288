"""The document a worker's frame loads, around a rendered template (spec: crowd-elements §1)."""

from __future__ import annotations

import re
from html import escape

_SPACE_AND_COMMENTS = r"(?:\s|<!--.*?-->)*"
_ATTRIBUTES = r"""(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?"""
_BEGINNING = re.compile(
    rf"\ufeff?{_SPACE_AND_COMMENTS}(?P<doctype><!doctype[^>]*>)?{_SPACE_AND_COMMENTS}"
    rf"(?P<html><html(?P<attributes>{_ATTRIBUTES})>{_SPACE_AND_COMMENTS})?(?P<head><head{_ATTRIBUTES}>)?",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title[\s>]", re.IGNORECASE)
_LANGUAGE = re.compile(r"\slang\s*=", re.IGNORECASE)


def build_page(rendered: str, *, elements_url: str, title: str, language: str = "en") -> str:
    """Put our elements before everything else a template brings.

    A fragment becomes a document; in a full document the elements go to the top of its head. The script is a classic
    one without `async` or `defer`, so that the template's own scripts find the elements. The template's text stays as
    it is, its own script tag for the elements included: the Content-Security-Policy keeps the browser from asking for
    it.

    Parameters
    ----------
    rendered
        HTML of the template, a fragment or a full document.
    elements_url
        Address of the bundle of crowd elements.
    title, language
        Of the document, unless it has its own.
    """
    head = "".join(
        (
            '<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f'<script src="{escape(elements_url)}"></script>\n',
            "" if _TITLE.search(rendered) else f"<title>{escape(title)}</title>\n",
        )
    )
    beginning = _BEGINNING.match(rendered)
    if beginning is None or not (beginning["html"] or beginning["head"]):
        return _document(rendered, head, language)
    opening = f'<html lang="{escape(language)}"'
    start = beginning.end() if beginning["head"] else beginning.end("html")
    if not beginning["html"]:
        place = beginning.start("head")
        before = f"{rendered[:place]}{opening}>{rendered[place:start]}"
    elif _LANGUAGE.search(beginning["attributes"]):
        before = rendered[:start]
    else:
        before = f"{rendered[: beginning.start('html')]}{opening}{rendered[beginning.start('attributes') : start]}"
    return f"{before}\n{head}{rendered[start:]}"


def _document(fragment: str, head: str, language: str) -> str:
    beginning = _BEGINNING.match(fragment)
    doctype = beginning["doctype"] if beginning else None
    if beginning and doctype:
        fragment = fragment[: beginning.start("doctype")] + fragment[beginning.end("doctype") :]
    return f'{doctype or "<!doctype html>"}\n<html lang="{escape(language)}">\n{head}{fragment}'


def error_page(message: str, *, elements_url: str, language: str = "en") -> str:
    """Tell the worker that this task can't be shown.

    The elements are there, so that the frame greets the portal as any other page does; skipping and declining are the
    portal's own buttons.
    """
    notice = (
        '<main role="alert" style="font-family: sans-serif; margin: 2rem; max-width: 40rem">\n'
        "<h1>This task can't be shown</h1>\n"
        f'<p style="white-space: pre-wrap; overflow-wrap: anywhere">{escape(message)}</p>\n'
        "<p>Skip or decline it to go on. Your other work is not affected.</p>\n"
        "</main>\n"
    )
    return build_page(notice, elements_url=elements_url, title="This task can't be shown", language=language)
