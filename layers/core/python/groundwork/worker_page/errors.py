"""What is wrong with a worker template, in the words of Ground Truth's render preview (spec: crowd-elements §2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypedDict

from liquid.exceptions import LiquidError, ResourceLimitError, UnknownFilterError

Code = Literal["TemplateLength", "SyntaxError", "UnknownFilter", "LimitExceeded", "RenderingFailed"]


class RenderingError(TypedDict):
    """One problem; `Message` begins with the line where there is one."""

    Code: Code
    Message: str


class TemplateError(ValueError):
    """A worker template that can't be compiled or rendered; there is no partial output.

    `errors` holds every problem found, `line` the 1-based line of the first one, when it is known.
    """

    def __init__(self, errors: Iterable[RenderingError], line: int | None = None) -> None:
        self.errors = tuple(errors)
        self.line = line
        super().__init__("; ".join(error["Message"] for error in self.errors))

    @classmethod
    def at(cls, code: Code, message: str, line: int | None = None) -> TemplateError:
        """Make an error of one problem."""
        return cls([problem(code, message, line)], line)


def problem(code: Code, message: str, line: int | None) -> RenderingError:
    """Word one problem."""
    return {"Code": code, "Message": message if line is None else f"line {line}: {message}"}


def translated(error: LiquidError, default: Code, end: int | None = None) -> TemplateError:
    """Say in our words what the Liquid library reports; `end` is the line of errors at the end of the source."""
    if isinstance(error.__cause__, RecursionError):
        return TemplateError.at(default, "something is nested too deeply", line_of(error))
    code = default
    if isinstance(error, ResourceLimitError):
        code = "LimitExceeded"
    elif isinstance(error, UnknownFilterError):
        code = "UnknownFilter"
    return TemplateError.at(code, str(error.message), line_of(error) or end)


def line_of(error: LiquidError) -> int | None:
    """Find the 1-based line of the template an error points to."""
    token = error.token
    if token is None or token.start_index < 0:
        return None
    return token.source.count("\n", 0, token.start_index) + 1
