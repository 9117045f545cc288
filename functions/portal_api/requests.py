"""Bodies of the portal's calls (docs/architecture.md, Portal API)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from itertools import chain
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from functions.portal_api.refusal import RefusalError

LARGEST_BODY = 5_500_000
"""Bytes. Lambda takes 6 MB of request, and the event around the body needs some of it."""

DEEPEST = 100
"""Levels of an answer; what reads stored answers goes no deeper than 200."""

Model = TypeVar("Model", bound=BaseModel)


class Body(BaseModel):
    """Base of the bodies."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)


class NextTask(Body):
    """Ask for a task."""

    after: str = Field(default="", max_length=400)
    entry: int | None = Field(default=None, ge=0)
    show: bool


class TaskToken(Body):
    """Proof that the worker holds the task."""

    token: str = Field(min_length=1, max_length=100)


class PrefetchedTask(TaskToken):
    """The task whose clock starts with this submission."""

    entry: int = Field(ge=0)


class Submission(TaskToken):
    """An answer."""

    answer: dict[str, Any]
    time_spent_in_seconds: float = Field(ge=0)
    next: PrefetchedTask | None = None


class Decline(TaskToken):
    """Give a task back for ever."""

    reason: str | None = Field(default=None, max_length=1_000)
    code: str | None = Field(default=None, pattern="broken_object")


class Draft(TaskToken):
    """Unfinished work."""

    draft: dict[str, Any]
    time_spent_in_seconds: float = Field(ge=0)
    stop: bool


def read(model: type[Model], body: str | None) -> Model:
    """Read a body.

    Raises
    ------
    RefusalError
        It is too large, no JSON, or not of this shape.
    """
    text = body or "{}"
    if len(text.encode()) > LARGEST_BODY:
        message = f"The answer is larger than {LARGEST_BODY / 1e6:.1f} MB and can't be taken."
        raise RefusalError(413, "too_large", message)
    try:
        content = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
        _check_storable(content)
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RefusalError(400, "invalid_request", f"{place}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, "invalid_request", f"The request is not JSON: {error}") from error


def _check_storable(content: Any) -> None:
    """Refuse what could be read here but not be stored and read again by the stages."""
    level, depth = [content], 0
    while level:
        if depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} levels of lists and objects")
        for text in level:
            if isinstance(text, str) and not text.isascii():
                text.encode()
        containers = [value for value in level if isinstance(value, (dict, list))]
        level = [part for container in containers for part in _parts(container)]
        depth += 1


def _parts(container: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return chain(container, container.values()) if isinstance(container, dict) else container


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
