"""What may enter the window, and what the machine is woken for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from groundwork.task_dispatch.window import FIRST_READY_OBJECTS, READY_OBJECTS, READY_SECONDS, WakeReason, Window

NOW = 1_772_700_000.0

WORKING = Window(
    max_concurrent=100, objects=1_000, shards=2, annotated_shards=1, queued=500, opened=150, ready=50, done=50
)
"""Half of the manifest is annotated; a hundred objects are before the workers."""


def test_objects_enter_up_to_max_concurrent_task_count() -> None:
    assert WORKING.open == 100
    assert WORKING.room() == 0
    assert not WORKING.may_open()
    assert replace(WORKING, ready=53).room() == 3
    assert replace(WORKING, ready=53).may_open()


def test_no_more_enter_than_are_queued() -> None:
    window = replace(WORKING, opened=498, ready=490)
    assert window.room() == 2
    assert replace(window, opened=500).room() == 0
    assert not replace(window, opened=500).may_open()


def test_nothing_enters_while_the_job_is_being_stopped() -> None:
    window = replace(WORKING, ready=150, stop_deadline=NOW)
    assert window.room() == 0
    assert not window.may_open()


def test_a_stopping_condition_is_never_overshot() -> None:
    window = replace(WORKING, most_labeled=151, ready=150)
    assert window.limit == 151
    assert window.room() == 1


def test_an_object_without_an_answer_makes_room_for_another_under_a_stopping_condition() -> None:
    window = replace(WORKING, most_labeled=150, ready=150, unanswered=4)
    assert window.limit == 154
    assert window.room() == 4


def test_a_stopping_condition_beyond_the_queue_does_not_open_what_is_not_there() -> None:
    assert replace(WORKING, most_labeled=900).limit == 500


def test_annotation_goes_on_until_the_stopping_condition_is_covered() -> None:
    assert replace(WORKING, most_labeled=501).more_to_annotate
    assert not replace(WORKING, most_labeled=500).more_to_annotate
    assert replace(WORKING, most_labeled=500, unanswered=1).more_to_annotate
    assert not replace(WORKING, stop_deadline=NOW).more_to_annotate
    assert not replace(WORKING, annotated_shards=2).more_to_annotate


def test_a_job_is_exhausted_when_everything_that_may_be_opened_is_ready() -> None:
    last = replace(WORKING, annotated_shards=2, queued=990, opened=990, ready=990)
    assert last.exhausted()
    assert not replace(last, ready=989).exhausted()
    assert not replace(last, opened=989, ready=989).exhausted()
    assert not replace(last, annotated_shards=1).exhausted()
    assert replace(last, annotated_shards=1, most_labeled=990).exhausted()


def test_a_job_whose_lines_all_carry_the_label_is_exhausted_without_people() -> None:
    assert Window(max_concurrent=10, objects=4, skipped=4, shards=1, annotated_shards=1).exhausted()
    assert not Window(max_concurrent=10, objects=4, shards=1).exhausted()


def test_a_stopping_job_is_exhausted_when_nobody_is_at_a_task() -> None:
    assert not replace(WORKING, stop_deadline=NOW).exhausted()
    assert replace(WORKING, stop_deadline=NOW, ready=150).exhausted()


def test_a_refill_is_wanted_when_less_than_half_a_window_lies_behind_it() -> None:
    assert not replace(WORKING, opened=450).wants_refill()
    assert replace(WORKING, opened=451).wants_refill()
    assert not replace(WORKING, opened=451, annotated_shards=2).wants_refill()


def test_the_smallest_window_still_wants_refills() -> None:
    assert Window(max_concurrent=1, objects=3, shards=3, annotated_shards=1, queued=1, opened=1).wants_refill()


@pytest.mark.parametrize(
    ("window", "reason"),
    [
        (WORKING, None),
        (replace(WORKING, opened=500), WakeReason.REFILL),
        (replace(WORKING, ready=50 + READY_OBJECTS, opened=1_100), WakeReason.READY),
        (replace(WORKING, ready=49 + READY_OBJECTS, opened=1_100, queued=1_200), None),
        (replace(WORKING, ready=51, first_ready_at=NOW - READY_SECONDS), WakeReason.READY),
        (replace(WORKING, ready=51, first_ready_at=NOW - READY_SECONDS + 1), None),
        (replace(WORKING, first_ready_at=NOW - READY_SECONDS), None),
        (replace(WORKING, next_sweep_at=NOW), WakeReason.TICK),
        (replace(WORKING, next_sweep_at=NOW + 1), None),
        (replace(WORKING, annotated_shards=2, opened=500, ready=500), WakeReason.COMPLETE),
        (replace(WORKING, ready=150, stop_deadline=NOW), WakeReason.STOP),
        (replace(WORKING, stop_deadline=NOW), None),
    ],
    ids=[
        "people are at work",
        "the queue runs low",
        "a thousand are ready",
        "fewer than a thousand are ready",
        "one has waited ten minutes",
        "one has waited less",
        "none waits",
        "a lifetime ends",
        "a lifetime ends soon",
        "everything is ready",
        "stopped and nobody at a task",
        "stopped and somebody at a task",
    ],
)
def test_the_machine_is_woken_for(window: Window, reason: WakeReason | None) -> None:
    assert window.wake_reason(NOW) is reason


def test_the_clock_looks_at_the_earliest_moment_at_which_something_is_due() -> None:
    assert WORKING.next_look(NOW) == NOW + READY_SECONDS
    assert replace(WORKING, next_sweep_at=NOW + 90).next_look(NOW) == NOW + 90
    waiting = replace(WORKING, ready=51, first_ready_at=NOW - 500)
    assert waiting.next_look(NOW) == NOW - 500 + READY_SECONDS


def test_the_clock_never_looks_into_the_past() -> None:
    assert replace(WORKING, next_sweep_at=NOW - 90).next_look(NOW) == NOW + 1


def test_the_first_rounds_of_a_job_with_adaptive_redundancy_come_early_and_each_has_twice_the_objects() -> None:
    window = Window(max_concurrent=5_000, objects=9_000, queued=9_000, first_round=FIRST_READY_OBJECTS, opened=5_000)
    rounds = []
    for ready in range(4_001):
        now = replace(window, ready=ready)
        if now.wake_reason(NOW) is WakeReason.READY:
            rounds.append(ready)
            window = replace(now, done=ready)
    assert rounds == [50, 100, 200, 400, 800, 1_600, 2_600, 3_600]
