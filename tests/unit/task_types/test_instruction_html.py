from __future__ import annotations

from html.parser import HTMLParser

import pytest
from groundwork.task_types.instruction_html import safe_html
from hypothesis import given
from hypothesis import strategies as st

VOID = {"br", "col", "hr", "img", "wbr"}
PIECES = (
    "<p>", "</p>", "<b>", "</b>", "<a href='https://example.com/?a=1&b=2'>", "</a>", "<img src=x onerror=alert(1)>",
    "</short-instructions>", "<script>", "</script>", "alert(1)", "<svg><style>", "</svg>", "<!--", "-->", "<![CDATA[",
    "]]>", "<td>", "<table>", "</table>", "&lt;script&gt;", "<", ">", '"', "'", "<br/>", "<script/>", "<textarea>",
    "</crowd-entity-annotation>", "<form action=https://example.com>", "<plaintext>", "text", "\n", "<?php", "</",
)  # fmt: skip


class Tree(HTMLParser):
    """Reads strictly: every tag closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("given_html", "written"),
    [
        ("<h3>Mark</h3><p>Whole <b>names</b> &amp; no titles.</p>", None),
        ("<ul><li>one</li><li>two</li></ul>", None),
        ("Mark names.\nLeave titles out.\r\nThanks", "Mark names.<br>Leave titles out.<br>Thanks"),
        ("5 < 6 & 7 > 2", "5 &lt; 6 &amp; 7 &gt; 2"),
        ("<p>one<p>two", "<p>one<p>two</p></p>"),
        ("<b><i>x</b>y", "<b><i>x</i></b>y"),
        ("a</p></div>b", "ab"),
        ("<p style='position:fixed' onclick=alert(1) title='a\"b'>x</p>", '<p title="a&quot;b">x</p>'),
        ("<script>alert(1)</script>x", "x"),
        ("<p>x<script>alert('</p>')</script></p>", "<p>x</p>"),
        ("<style>body{display:none}</style>x", "x"),
        ("<svg><a href='javascript:1'>y</a></svg>x", "x"),
        ("</short-instructions><b>x</b>", "<b>x</b>"),
        ("<marquee>x</marquee>", "x"),
        ("<!-- a --><b>x</b>", "<b>x</b>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", None),
        (
            "<a href='https://example.com/?a=1&b=2'>x</a>",
            '<a href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>',
        ),
        ("<a href=' JaVaScript:alert(1)'>x</a>", '<a target="_blank" rel="noopener noreferrer">x</a>'),
        ("<a href='java\nscript:alert(1)'>x</a>", '<a target="_blank" rel="noopener noreferrer">x</a>'),
        ("<img src='data:image/svg+xml;base64,AA==' alt=x>", '<img alt="x">'),
        ("<img src='data:image/png;base64,AA==' onerror=alert(1)>", '<img src="data:image/png;base64,AA==">'),
        ("<iframe src='https://example.com'></iframe><br/>x", "<br>x"),
    ],
)
def test_plain_elements_pass_and_nothing_else_does(given_html, written):
    assert safe_html(given_html) == (given_html if written is None else written)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_written_is_closed_listed_and_stays_the_same_when_written_again(html):
    safe = safe_html(html)
    tree = Tree(safe)
    assert not tree.open
    assert not {"script", "svg", "style", "form", "textarea", "short-instructions", "plaintext"} & set(tree.tags)
    assert all(not name.startswith("on") for name, _ in tree.attributes)
    if tree.tags:
        assert safe_html(safe) == safe
