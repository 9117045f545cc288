from __future__ import annotations

import pytest
from groundwork.worker_page.script_context import ScriptContext

INSIDE = [
    "<script>",
    "<SCRIPT type='module'>var a",
    '<p title="<b>"><script src="a>b">',
    "<!-- a <b> --><script>",
    "<!--><script>",
    "<style>a > b { }</style><script>",
    "<script>if (a < b) '</scriptx>'",
    "<script>'<!-- </style>'",
    "<p class=a><script\n>",
    "<script></script ><script>",
    "<title></title><script>",
    "a < b <script>",
    "<!doctype html><html><head><script>",
]
OUTSIDE = [
    "",
    "<script></script>",
    "<script></SCRIPT >",
    "<script></script\n>",
    "<script",
    '<p title="<script>',
    "<p title='<script>",
    '<p title = "<script>',
    "<!-- <script>",
    "<textarea><script>",
    "<style><script>",
    "<scripts>",
    "</script>",
    "<script src='a'></script><crowd-form>",
]


@pytest.mark.parametrize("text", INSIDE)
def test_the_text_of_a_script_is_recognised(text: str) -> None:
    assert _at_end([text])


@pytest.mark.parametrize("text", OUTSIDE)
def test_everything_else_is_not_taken_for_a_script(text: str) -> None:
    assert not _at_end([text])


@pytest.mark.parametrize("text", INSIDE + OUTSIDE)
def test_it_does_not_matter_where_the_pieces_end(text: str) -> None:
    assert _at_end(list(text)) == _at_end([text])


def _at_end(pieces: list[str]) -> bool:
    context = ScriptContext()
    for piece in pieces:
        context.feed(piece)
    return context.in_script
