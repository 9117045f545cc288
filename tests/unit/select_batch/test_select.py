"""Which shards come next, and when a stopping condition has ended the job."""

from __future__ import annotations

from dataclasses import replace

import pytest
from groundwork.select_batch.select import shards_to_annotate
from groundwork.select_batch.stopping import condition_reached
from groundwork.task_dispatch.window import Window

FRESH = Window(max_concurrent=100, objects=1_000, shards=20)
"""Twenty shards of fifty lines, nothing annotated."""


def test_annotation_begins_two_windows_ahead() -> None:
    assert shards_to_annotate(FRESH) == (0, 1, 2, 3)


def test_only_what_the_answers_have_used_up_is_annotated_again() -> None:
    window = replace(FRESH, annotated_shards=4, queued=200, opened=150, ready=60)
    assert shards_to_annotate(window) == (4,)


def test_annotation_ends_with_the_manifest() -> None:
    assert shards_to_annotate(replace(FRESH, annotated_shards=19, queued=950, ready=940, opened=950)) == (19,)
    assert shards_to_annotate(replace(FRESH, annotated_shards=20, queued=1_000)) == ()


def test_at_least_one_shard_is_annotated_while_any_is_wanted() -> None:
    big = Window(max_concurrent=2, objects=1_500, shards=3)
    assert shards_to_annotate(big) == (0,)


@pytest.mark.parametrize(
    ("changes", "reached"),
    [
        ({}, True),
        ({"most_labeled": None}, False),
        ({"ready": 299}, False),
        ({"stop_deadline": 1.0}, False),
        ({"objects": 300}, False),
        ({"skipped": 700}, False),
    ],
    ids=["reached", "no condition", "people at work", "stopped by hand", "all labeled", "all others skipped"],
)
def test_a_stopping_condition_ends_a_job_that_has_objects_left(changes: dict[str, int], reached: bool) -> None:
    window = replace(FRESH, annotated_shards=6, queued=300, opened=300, ready=300, most_labeled=300)
    assert condition_reached(replace(window, **changes)) is reached  # type: ignore[arg-type]
