"""Votes of people and known answers, told apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from groundwork.task_types.task_type import GOLD_VOTER, Vote


def told_apart(votes: Iterable[Vote]) -> tuple[list[Vote], dict[int, Any]]:
    """Split the votes of a job into what people said and the known answers, by object id.

    A known answer to an object of which nobody's vote can be used is left out: it tells nothing of anybody.
    """
    given: list[Vote] = []
    known: dict[int, Any] = {}
    for vote in votes:
        object_id, worker, value = vote
        if worker == GOLD_VOTER:
            known[object_id] = value
        else:
            given.append(vote)
    voted = {object_id for object_id, _, _ in given} if known else set()
    return given, {object_id: known[object_id] for object_id in sorted(known) if object_id in voted}
