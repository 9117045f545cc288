from __future__ import annotations

import time

import pytest
from groundwork.worker_page.headers import content_security_policy, page_headers
from groundwork.worker_page.page import build_page, error_page

from tests.unit.worker_page.parsed import Document

ELEMENTS = "https://portal.example.com/elements/elements.js"
AWS_TAG = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'


def _page(rendered: str) -> Document:
    return Document(build_page(rendered, elements_url=ELEMENTS, title='Boats & "birds"'))


FRAGMENT = f"{AWS_TAG}\n<crowd-form><script>first()</script></crowd-form>"
FULL = f"<!doctype html><html lang='de'><head><title>Own</title>{AWS_TAG}</head><body><crowd-form></body></html>"


@pytest.mark.parametrize(
    "rendered",
    [
        FRAGMENT,
        "<crowd-form></crowd-form>",
        "<!DOCTYPE html>\n" + FRAGMENT,
        "<!-- <head> licence -->\n" + FRAGMENT,
        FULL,
        "<!-- <html><head> -->\n\n" + FULL,
        "\ufeff" + FULL,
        f"<HTML data-a='>'>\n<!-- b -->\n<HEAD class=\"x>y\">{AWS_TAG}</HEAD>",
        f"<html>{AWS_TAG}<body>",
        f"<head>{AWS_TAG}</head><crowd-form>",
        f"<html><body>{AWS_TAG}</body></html>",
        f"<header>{AWS_TAG}</header>",
    ],
)
def test_our_elements_are_the_first_script_of_every_page(rendered: str) -> None:
    page = _page(rendered)
    scripts = [attributes for tag, attributes in page.elements if tag == "script"]
    assert scripts[0] == {"src": ELEMENTS}
    assert page.tags.index("meta") < page.tags.index("script")
    assert ("meta", {"charset": "utf-8"}) in page.elements
    assert page.tags.count("html") == 1
    assert sum(tag == "head" for tag in page.tags) <= 1
    assert len(scripts) == rendered.count("<script") + 1


def test_a_template_keeps_its_own_text() -> None:
    page = build_page(FRAGMENT, elements_url=ELEMENTS, title="Boats")
    assert page.endswith(FRAGMENT)
    assert page.startswith("<!doctype html>")


def test_language_and_title_are_added_where_the_template_has_none() -> None:
    page = _page(FRAGMENT)
    assert page.attribute("html", "lang") == "en"
    assert 'Boats & "birds"' in page.text
    own = _page(FULL)
    assert own.attribute("html", "lang") == "de"
    assert own.tags.count("title") == 1
    assert _page("<html class=a><head></head></html>").elements[0] == ("html", {"lang": "en", "class": "a"})


@pytest.mark.parametrize(
    "rendered", ["<!-- " * 30_000, "<!-- a -->" * 15_000, "<html " + "a='" * 30_000, " " * 120_000]
)
def test_a_long_beginning_is_read_at_once(rendered: str) -> None:
    started = time.perf_counter()
    assert build_page(rendered, elements_url=ELEMENTS, title="Boats").endswith(rendered)
    assert time.perf_counter() - started < 1


def test_the_error_page_shows_the_message_as_text_and_greets_the_portal() -> None:
    page = Document(error_page("line 3: unknown filter '<b>'", elements_url=ELEMENTS))
    assert ("script", {"src": ELEMENTS}) in page.elements
    assert "b" not in page.tags
    assert "line 3: unknown filter '<b>'" in page.text


def test_the_policy_lets_in_what_is_listed_and_nothing_else() -> None:
    policy = content_security_policy(
        elements_url=ELEMENTS,
        portal_origin="https://portal.example.com",
        granted_urls=[
            "https://photos.s3.eu-central-1.amazonaws.com/a.png?X-Amz-Signature=1",
            "https://photos.s3.eu-central-1.amazonaws.com/b.png?X-Amz-Signature=2",
            "https://sounds.s3.eu-central-1.amazonaws.com/c.mp3",
        ],
        script_sources=["https://cdn.example.org"],
    )
    code = "'unsafe-inline' https://portal.example.com https://cdn.example.org"
    media = "data: blob: https://photos.s3.eu-central-1.amazonaws.com https://sounds.s3.eu-central-1.amazonaws.com"
    assert dict(rule.split(" ", 1) for rule in policy.split("; ")) == {
        "sandbox": "allow-scripts allow-forms allow-modals",
        "default-src": "'none'",
        "script-src": code,
        "style-src": code,
        "img-src": media,
        "media-src": media,
        "font-src": "data:",
        "connect-src": "'none'",
        "worker-src": "blob:",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "https://portal.example.com",
    }


@pytest.mark.parametrize(
    "source",
    ["https://a.example; script-src *", "https://a.example *", "*", "'unsafe-eval'", "data:", "//a.example", ""],
)
def test_an_address_can_not_add_a_rule_to_the_policy(source: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        content_security_policy(
            elements_url=ELEMENTS, portal_origin="https://p.example", granted_urls=[], script_sources=[source]
        )


def test_a_page_is_never_stored_sniffed_or_referred_to() -> None:
    headers = page_headers(elements_url=ELEMENTS, portal_origin="http://localhost:8080", granted_urls=[])
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors http://localhost:8080" in headers["Content-Security-Policy"]


def test_a_page_without_a_template_of_the_requesters_runs_no_inline_script() -> None:
    policy = content_security_policy(
        elements_url=ELEMENTS, portal_origin="https://portal.example.com", granted_urls=[], inline_scripts=False
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == "https://portal.example.com"
    assert rules["style-src"] == "'unsafe-inline' https://portal.example.com"
