"""What AWS limits and no emulator does: 256 KB between states, 25,000 events of an execution."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from groundwork.consolidation.plan import Plan, PlannedObject, UnansweredObject, plan_batches
from groundwork.job.labeling_job import AnnotationFunctions
from groundwork.select_batch.select import LOOPS, Selection

from tests.formats.jobs import custom_job

STATE_BYTES = 256 * 1024
EXECUTION_EVENTS = 25_000
MACHINE = json.loads((Path(__file__).parents[2] / "functions" / "labeling_job.asl.json").read_text())
EVENTS = {"Task": 5, "Choice": 2, "Map": 4, "Pass": 2, "Succeed": 2, "Fail": 2}
"""History events of a state that succeeds; a retried attempt of a task adds three."""
ATTEMPTS = 1.5
"""Attempts at a task on average: generous, for an execution that long."""


def test_a_round_of_the_largest_window_fits_between_two_states() -> None:
    function = "arn:aws:lambda:eu-central-1:123456789012:function:" + "f" * 64
    job = custom_job(
        name="j" * 63,
        label_attribute="l" * 127,
        labels=tuple(f"{'label' * 10}{number:06d}" for number in range(1_000)),
        functions=AnnotationFunctions(pre=function, post=function),
        max_concurrent=5_000,
    )
    items: list[tuple[int, PlannedObject | UnansweredObject]] = [
        (entry // 500, PlannedObject(entry=entry, object_id=entry, ready_at=1.0, workers=("w",), missing=0))
        for entry in range(5_000)
    ]
    batches = plan_batches("0001-00001", items, job, datetime(2026, 1, 1, tzinfo=UTC), 500)
    role = "arn:aws:iam::123456789012:role/" + "r" * 64
    plan = Plan(name="0001-00001", batches=tuple(batches))
    selection = Selection.of_plan(plan, job, role, loop=LOOPS, shards=tuple(range(100)))
    state = {"jobKey": job.key, "execution": 1, "rebuild": True, "selection": selection.model_dump(mode="json")}
    assert len(batches) == 100
    assert len(json.dumps(state).encode()) < STATE_BYTES


def test_the_last_round_of_a_million_objects_fits_between_two_states() -> None:
    batches = tuple({"batch": number} for number in range(1_000_000 // 500 + 1_000_000 // 1_000))
    selection = Selection(loop=LOOPS, finished=True, plan="0001-00001", batches=batches)
    assert len(selection.model_dump_json().encode()) < STATE_BYTES / 2


def test_an_execution_hands_over_before_its_history_is_full() -> None:
    states: dict[str, Any] = MACHINE["States"]
    again = {name for name in states if "SelectBatch" in reached_from(name)}
    assert "ManifestOutput" in again
    a_round, once = events(again), events(set(states) - again)
    assert LOOPS * a_round + once < EXECUTION_EVENTS


def events(names: set[str]) -> float:
    """Count the events of states that are passed once, with their share of retries."""
    found = [MACHINE["States"][name]["Type"] for name in names]
    return sum(EVENTS[kind] + (3 * (ATTEMPTS - 1) if kind == "Task" else 0) for kind in found)


def reached_from(name: str) -> set[str]:
    """Find the states that may come after one."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        following = re.findall(r'"(?:Next|Default)": "(\w+)"', json.dumps(without_children(waiting.pop())))
        waiting += [state for state in following if state not in reached]
        reached |= set(following)
    return reached


def without_children(name: str) -> dict[str, Any]:
    """Leave out the states that a Map runs in executions of their own."""
    state: dict[str, Any] = MACHINE["States"][name]
    return {key: value for key, value in state.items() if key != "ItemProcessor"}
