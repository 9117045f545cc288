from __future__ import annotations

import pytest
from groundwork.job.s3_uri import S3Uri
from groundwork.worker_page.errors import TemplateError
from groundwork.worker_page.liquid import compile_template

from tests.unit.worker_page.parsed import html, rendered


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a\n{% if x %}\nb", "SyntaxError", 3),
        ("a\n{{ x", "SyntaxError", 2),
        ("\n{% include 'other' %}", "SyntaxError", 2),
        ("\n\n{% render 'other' %}", "SyntaxError", 3),
        ("{{ x | safe }}", "UnknownFilter", 1),
        ("{{ x | date: '%Y', environment: 1 }}", "SyntaxError", 1),
        ("{{ x | grant_read_access: context: task }}", "SyntaxError", 1),
        ("{% for i in a %}\n{% if b | nope %}{% endif %}{% endfor %}", "SyntaxError", 2),
    ],
)
def test_what_is_no_template_is_refused_with_its_line(source: str, code: str, line: int) -> None:
    with pytest.raises(TemplateError) as refused:
        compile_template(source)
    assert refused.value.errors[0]["Code"] == code
    assert refused.value.errors[0]["Message"].startswith(f"line {line}: ")
    assert refused.value.line == line


def test_every_unknown_filter_is_named_also_where_it_would_not_run() -> None:
    with pytest.raises(TemplateError) as refused:
        compile_template("{{ a | shout }}\n{% if false %}{% assign b = a | whisper: 1 %}{% endif %}")
    assert refused.value.errors == (
        {"Code": "UnknownFilter", "Message": "line 1: unknown filter 'shout'"},
        {"Code": "UnknownFilter", "Message": "line 2: unknown filter 'whisper'"},
    )


@pytest.mark.parametrize(
    "source",
    ["\n{{ 1 | divided_by: 0 }}", "\n{{ 'abc' | base64_decode }}", "\n{{ task.input.nan | to_json }}",
     "\n{{ task.input.nan | append }}", "\n{{ 'now' | date: '%Y' }}", "\n{{ task.input.deep | to_json }}"],
)  # fmt: skip
def test_a_filter_that_can_not_handle_its_value_says_where(source: str) -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(TemplateError) as refused:
        html(source, nan=float("nan"), deep=deep)
    assert refused.value.errors[0]["Code"] == "RenderingFailed"
    assert refused.value.line == 2


@pytest.mark.parametrize("failure", [ValueError("no such key"), RuntimeError("throttled"), LookupError("gone")])
def test_what_granting_raises_is_not_taken_for_an_error_of_the_template(failure: Exception) -> None:
    def grant(_: S3Uri) -> str:
        raise failure

    with pytest.raises(type(failure), match=str(failure)) as raised:
        compile_template("{{ 's3://b/k' | grant_read_access }}").render({}, grant)
    assert raised.value is failure


@pytest.mark.parametrize(
    "path",
    ["task.__class__", "task.input.__class__.__mro__", "task.input.t.__len__", "task.input['__dict__']",
     "task.input.labels.append", "task.input.t.format", "forloop.step", "now", "today", "task.keys"],
)  # fmt: skip
def test_nothing_but_the_data_can_be_reached(path: str) -> None:
    assert html(f"[{{{{ {path} }}}}]", t="{0.__class__}", labels=["a"]) == "[]"


def test_filters_that_look_up_keys_reach_no_attributes() -> None:
    source = "{{ task.input.rows | map: '__class__' | join }}{{ task.input.rows | where: '__class__' | size }}"
    assert html(source, rows=[{"a": 1}]) == "0"


def test_a_loop_shows_its_position_and_none_of_its_machinery() -> None:
    source = (
        "{% for i in (1..2) %}{{ forloop.index }}{{ forloop.it }}{{ forloop._index }}{{ forloop.step }},{% endfor %}"
    )
    assert html(source) == "1,2,"


def test_one_rendering_leaves_nothing_to_the_next() -> None:
    template = compile_template("{% increment n %}{{ a }}{% assign a = task.input.t %}{{ 's3://b/k' | s3_presign }}")
    first = template.render({"t": "x"}, str)
    second = template.render({"t": "y"}, lambda uri: f"https://other/{uri.key}")
    assert (first.html, second.html) == ("0s3://b/k", "0https://other/k")


def test_a_warning_is_given_once() -> None:
    page = rendered("{% for i in (1..3) %}{{ task.input.u | grant_read_access }}{% endfor %}", u="notes.txt")
    assert page.html == "notes.txt" * 3
    assert page.warnings == ("grant_read_access: expected the address of an S3 object, got 'notes.txt'",)
