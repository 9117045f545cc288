"""The limited Liquid worker templates are written in (spec: crowd-elements §2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liquid import BoundTemplate, Environment, Node, RenderContext
from liquid.builtin.expressions import FilteredExpression, KeywordArgument
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.expression import Expression

from groundwork.worker_page.buffers import PageBuffer
from groundwork.worker_page.context import VALUE_ERRORS, Grant, PageContext
from groundwork.worker_page.errors import RenderingError, TemplateError, line_of, problem, translated
from groundwork.worker_page.filters import FILTERS
from groundwork.worker_page.limits import LimitedRange
from groundwork.worker_page.source import check_source
from groundwork.worker_page.tags import PageCapture, PageCycle, PageEcho, PageIfChanged, PageOutput
from groundwork.worker_page.text_forms import encodable

_REMOVED_TAGS = ("include", "render")
_REMOVED_FILTERS = ("safe", "escapejs")
_NAMED_ARGUMENTS = frozenset({"allow_false"})
"""Any other name could reach the parameters by which the library hands filters its own objects."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered template: `granted` maps `s3://` addresses to the ones the page shows, for the CSP and for renewal."""

    html: str
    granted: Mapping[str, str]
    warnings: tuple[str, ...]


class Template:
    """A compiled template; it holds no state of a rendering and may be kept for any number of them."""

    def __init__(self, bound: BoundTemplate) -> None:
        self._bound = bound

    def render(self, task_input: Mapping[str, Any], grant: Grant, *, now: datetime | None = None) -> Rendered:
        """Fill the template with `task.input`.

        Parameters
        ----------
        task_input
            What the pre-annotation function made of the data object.
        grant
            Called once for each S3 object the template asks to show; what it raises is passed on.
        now
            What the `date` filter takes for `now` and `today`.

        Raises
        ------
        TemplateError
            A filter was misused, or a limit was met.
        """
        context = PageContext(self._bound, variables={"task": {"input": task_input}}, grant=grant, now=now)
        buffer = PageBuffer()
        try:
            self._bound.render_with_context(context, buffer)
        except LiquidError as error:
            raise translated(error, "RenderingFailed") from error
        except VALUE_ERRORS as error:
            if error is context.grant_failure:
                raise
            raise TemplateError.at("RenderingFailed", f"a value is not what the template expects: {error}") from error
        return Rendered(encodable(buffer.getvalue()), dict(context.granted), tuple(dict.fromkeys(context.warnings)))


def compile_template(source: str) -> Template:
    """Compile a worker template.

    Raises
    ------
    TemplateError
        The source is empty, too long or no Liquid, or it uses a tag or filter that is not there. All unknown
        filters are named, but only the first error of syntax.
    """
    check_source(source)
    try:
        bound = _ENVIRONMENT.from_string(source)
    except LiquidError as error:
        raise translated(error, "SyntaxError", source.count("\n") + 1) from error
    errors = sorted(_check_expressions(bound), key=lambda found: found[1] or 0)
    if errors:
        raise TemplateError([error for error, _ in errors], errors[0][1])
    return Template(bound)


def _check_expressions(bound: BoundTemplate) -> Iterator[tuple[RenderingError, int | None]]:
    for expression in _expressions(bound.nodes, RenderContext(bound)):
        if type(expression) is RangeLiteral:
            expression.__class__ = LimitedRange
        if isinstance(expression, FilteredExpression):
            yield from _check_filters(expression)


def _check_filters(expression: FilteredExpression) -> Iterator[tuple[RenderingError, int | None]]:
    for used in expression.filters or ():
        line = line_of(LiquidSyntaxError("", token=used.token))
        if used.name not in _ENVIRONMENT.filters:
            yield problem("UnknownFilter", f"unknown filter {used.name!r}", line), line
        for argument in used.args:
            if isinstance(argument, KeywordArgument) and argument.name not in _NAMED_ARGUMENTS:
                yield problem("SyntaxError", f"{used.name} has no argument named {argument.name!r}", line), line


def _expressions(nodes: list[Node], context: RenderContext) -> Iterator[Expression]:
    """Find every expression of a template, nested ones included."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        expressions = list(node.expressions())
        while expressions:
            expression = expressions.pop()
            yield expression
            expressions.extend(expression.children())
        waiting.extend(node.children(context, include_partials=False))


def _environment() -> Environment:
    # The library's own escaping stays off: it takes string literals and captured text for safe.
    environment = Environment(autoescape=False)
    for tag in (PageCapture, PageCycle, PageEcho, PageIfChanged, PageOutput):
        environment.add_tag(tag)
    for name in _REMOVED_TAGS:
        del environment.tags[name]
    for name in _REMOVED_FILTERS:
        del environment.filters[name]
    for name, function in FILTERS.items():
        environment.add_filter(name, function)
    return environment


_ENVIRONMENT = _environment()
