"""What is wrong with a drop, told so that its author can repair it: the content of `error.json`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from groundwork.job.labeling_job import Frozen


class Problem(Frozen):
    """One thing that keeps a labeling job from starting."""

    path: str = Field(description="Where: dotted path in the request, or the S3 address of a file")
    message: str = Field(description="What is wrong there")
    expected: str = Field(description="What would have been right")
    line: int | None = Field(default=None, description="Line of the file, counted from 1")

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.message} (expected: {self.expected})"


class ProblemsError(ValueError):
    """A labeling job that can't start, with everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def error_document(name: str, problems: Sequence[Problem], time: datetime) -> dict[str, Any]:
    """Shape the content of `error.json`.

    Parameters
    ----------
    name
        The job, as its folder is called.
    time
        When the drop was judged; time zone aware.
    """
    return {
        "labelingJobName": name,
        "problems": [problem.model_dump(exclude_none=True) for problem in problems],
        "time": time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
