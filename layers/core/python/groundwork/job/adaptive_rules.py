"""What must hold for adaptive redundancy: two keys that go together, and a label of which one can be sure."""

from __future__ import annotations

from collections.abc import Iterator

from groundwork.job import request_view as place
from groundwork.job.drop_context import DropContext
from groundwork.job.problems import Problem
from groundwork.job.request_view import RequestView
from groundwork.task_types.task_type import TaskType


def adaptive_redundancy(view: RequestView, task_type: TaskType, context: DropContext) -> Iterator[Problem]:
    """Tell what keeps a request that asks for it from having it."""
    given = [path for path in (place.MIN_WORKERS, place.TARGET) if view.has(path)]
    if not given:
        return
    if len(given) == 1:
        missing = place.TARGET if given == [place.MIN_WORKERS] else place.MIN_WORKERS
        yield Problem(path=missing, message=f"missing beside {given[0]}", expected="both members or neither")
    least, most = view.integer(place.MIN_WORKERS), view.integer(place.MOST_WORKERS)
    if least is not None and most is not None and least > most:
        yield Problem(
            path=place.MIN_WORKERS,
            message=f"{least} is above {place.MOST_WORKERS}, {most}",
            expected=f"an integer from 1 to {most}",
        )
    yield from _without_confidence(view, task_type, context, given[0])


def _without_confidence(view: RequestView, task_type: TaskType, context: DropContext, path: str) -> Iterator[Problem]:
    algorithm = task_type.algorithm(view.text(place.ALGORITHM), context.consolidation_algorithm)
    if not task_type.sureness:
        yield Problem(
            path=path,
            message=f"adaptive redundancy is for types with one label that we consolidate, not {task_type.name}",
            expected="a request without this member",
        )
    elif algorithm not in task_type.sureness:
        yield Problem(
            path=path,
            message=f"the consolidation algorithm {algorithm!r} can't tell after each answer how sure a label is",
            expected=f"{place.ALGORITHM} out of {', '.join(task_type.sureness)}",
        )
