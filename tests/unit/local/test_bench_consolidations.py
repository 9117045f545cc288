from __future__ import annotations

from dataclasses import replace

import pytest

from local.bench import consolidations
from local.bench.consolidations import WORKLOADS, Workload, answered_objects, time_of


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.title)
@pytest.mark.parametrize("workers", consolidations.WORKERS)
def test_every_generated_answer_gets_its_object_a_label(workload: Workload, workers: int) -> None:
    timing = time_of(replace(workload, objects=4), workers)

    assert timing.estimate > 0
    assert timing.label > 0


def test_a_workload_gives_the_same_answers_of_different_people_each_time() -> None:
    workload = replace(WORKLOADS[0], objects=20)
    objects = answered_objects(workload, 9)

    assert objects == answered_objects(workload, 9)
    assert all(len({answer.worker_id for answer in item.answers}) == 9 for item in objects)


def test_answers_that_are_not_those_of_the_task_type_are_found_out() -> None:
    stranger = replace(WORKLOADS[0], objects=4, answers=lambda source, workers: [{"tone": {"label": "calm"}}] * workers)

    with pytest.raises(RuntimeError, match="0 of 4 objects"):
        time_of(stranger, 3)
