from __future__ import annotations

import pytest
from groundwork.job.counters import LabelCounters
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

counts = st.integers(0, 1000)


@given(counts, counts, counts, counts, counts)
def test_the_counters_add_up_to_the_objects_that_were_not_copied(
    human: int, machine: int, failed: int, copied: int, left: int
) -> None:
    objects = human + machine + failed + copied + left
    counters = LabelCounters.count(
        objects=objects, human_labeled=human, machine_labeled=machine, failed=failed, copied=copied
    )
    assert counters.unlabeled == left
    assert counters.accepted == objects - copied
    assert counters.total_labeled == human + machine


def test_counters_are_written_with_ground_truths_names() -> None:
    counters = LabelCounters.count(objects=200, human_labeled=150, failed=3)
    assert counters.model_dump(by_alias=True) == {
        "TotalLabeled": 150,
        "HumanLabeled": 150,
        "MachineLabeled": 0,
        "FailedNonRetryableError": 3,
        "Unlabeled": 47,
    }


def test_more_labels_than_objects_are_refused() -> None:
    with pytest.raises(ValueError, match="3 labeled, 1 failed and 0 copied are more than the 3 objects"):
        LabelCounters.count(objects=3, human_labeled=3, failed=1)


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    with pytest.raises(ValidationError, match="TotalLabeled is 5"):
        LabelCounters.model_validate({"TotalLabeled": 5, "HumanLabeled": 4})


def test_a_negative_counter_is_refused() -> None:
    with pytest.raises(ValidationError):
        LabelCounters.model_validate({"Unlabeled": -1})
