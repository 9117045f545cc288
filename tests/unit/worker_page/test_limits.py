from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from groundwork.worker_page.errors import TemplateError
from groundwork.worker_page.liquid import compile_template

from tests.unit.worker_page.parsed import html

LONG = "x" * 100_000
MOST_CPU_SECONDS = 15
"""Each of these takes about one or less; comparing 120,000 values in pairs takes more than half a minute."""


@pytest.mark.parametrize(
    "source",
    [
        "{{ (1..3000000) | join }}",
        "{% for i in (1..3000000000) reversed %}.{% endfor %}",
        "{% assign r = (1..3000000000) %}{{ r | reverse | size }}",
        "{% tablerow i in (1..3000000) %}.{% endtablerow %}",
        "{% if (1..3000000000) contains 5 %}.{% endif %}",
        "{% for i in (1..150) %}{% for j in (1..150) %}.{% endfor %}{% endfor %}",
        "{% for i in task.input.many %}.{% endfor %}{% for i in task.input.many %}.{% endfor %}",
        "{% for i in (1..20000) %}{{ task.input.long }}{% endfor %}",
        "{% assign a = task.input.long %}" + "{% assign a = a | append: a %}" * 40,
        "{% assign a = 9 %}{% for i in (1..5000) %}{% assign a = a | times: a %}{% endfor %}",
        "{% for i in (1..100) %}{% capture c %}{{ c }}{{ task.input.long }}{% endcapture %}{% endfor %}",
        "{{ task.input.long | replace: 'x', task.input.long }}",
        "{{ task.input.many | join: task.input.long }}",
    ],
)
def test_a_template_that_costs_too_much_is_refused_at_once(source: str) -> None:
    with pytest.raises(TemplateError) as refused:
        _at_once(source, many=list(range(15_000)), long=LONG)
    assert refused.value.errors[0]["Code"] == "LimitExceeded"
    assert refused.value.line == 1


@pytest.mark.parametrize(
    "source",
    ["{{" * 60_000, "{%raw%}" * 18_000, "{%doc%}" * 18_000, "{{ " + " " * 120_000 + "}}", "{{ " + "[" * 60_000 + "}}"],
)
def test_a_template_the_lexer_would_choke_on_is_refused_at_once(source: str) -> None:
    with pytest.raises(TemplateError) as refused:
        _at_once(source)
    assert refused.value.errors[0]["Code"] == "SyntaxError"


def test_what_the_limits_allow_is_rendered() -> None:
    assert html("{% for i in (1..100) %}{% for j in (1..190) %}.{% endfor %}{% endfor %}") == "." * 19_000
    assert html("{{ (1..20000) | size }}") == "20000"


def test_only_the_turns_a_loop_takes_are_counted() -> None:
    source = "{% for i in task.input.many %}{% break %}{% endfor %}done"
    assert html(source, many=list(range(50_000))) == "done"


def test_many_different_values_are_told_apart_in_one_pass() -> None:
    with _little_work():
        assert html("{{ task.input.v | uniq | size }}", v=[*range(120_000), 7, True]) == "120001"


@pytest.mark.parametrize(("characters", "accepted"), [(0, False), (1, True), (128_000, True), (128_001, False)])
def test_a_template_has_1_to_128000_characters(characters: int, *, accepted: bool) -> None:
    if accepted:
        assert compile_template("x" * characters)
        return
    with pytest.raises(TemplateError, match="1 to 128,000 characters"):
        compile_template("x" * characters)


def _at_once(source: str, **task_input: Any) -> None:
    with _little_work():
        html(source, **task_input)


@contextmanager
def _little_work() -> Iterator[None]:
    """Bound the work of this process, however busy the machine is: what no limit stops takes minutes."""
    started = time.process_time()
    try:
        yield
    finally:
        assert time.process_time() - started < MOST_CPU_SECONDS
