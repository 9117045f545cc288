"""Confidence and quality of predictions, against brute force and by hand."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.sagemaker.held_out import (
    first_people,
    is_containers_own,
    is_held_out,
    least_held_out,
    least_trained,
)
from groundwork.active_learning.sagemaker.model_answers import AnswerError, ClassAnswer, MaskAnswer, ScoredBox
from groundwork.active_learning.sagemaker.prediction_quality import ClassBox, box_quality, mask_quality
from groundwork.active_learning.sagemaker.predictions import AskedObject
from groundwork.active_learning.sagemaker.predictors import mask_confidence, predict_boxes, predict_class
from groundwork.task_types.machine_boxes import MachineBoxes
from groundwork.task_types.machine_class import MachineClass

from tests.unit.active_learning.sagemaker.automated_jobs import automated_job

UNIT: ClassBox = (0, 0.0, 0.0, 10.0, 10.0)
HALF: ClassBox = (0, 0.0, 0.0, 10.0, 5.0)
FAR: ClassBox = (0, 90.0, 90.0, 5.0, 5.0)
OTHER: ClassBox = (1, 50.0, 50.0, 10.0, 10.0)


@pytest.mark.parametrize(
    ("predicted", "by_people", "quality"),
    [
        ([], [], 1.0),
        ([UNIT], [], 0.0),
        ([], [UNIT], 0.0),
        ([UNIT], [UNIT], 1.0),
        ([HALF], [UNIT], 0.5),
        ([UNIT, HALF], [UNIT], 0.5),
        ([HALF, UNIT], [UNIT], 0.25),
        ([UNIT], [UNIT, FAR], 0.5),
        ([FAR], [UNIT], 0.0),
        ([UNIT, OTHER], [UNIT, OTHER], 1.0),
        ([UNIT], [UNIT, OTHER], 0.5),
        ([(1, *UNIT[1:])], [UNIT], 0.0),
        ([UNIT, FAR, OTHER], [UNIT, OTHER], 0.75),
    ],
)
def test_boxes_are_judged_class_by_class(predicted: list[ClassBox], by_people: list[ClassBox], quality: float) -> None:
    assert box_quality(predicted, by_people) == pytest.approx(quality)


def test_masks_are_judged_as_by_counting_pixels() -> None:
    random = np.random.default_rng(11)
    for _ in range(20):
        one, other = random.integers(0, 4, (2, 6, 7)).astype(np.uint8)
        overlaps = []
        for number in sorted({*one.ravel().tolist(), *other.ravel().tolist()} - {0}):
            pairs = [(one[place] == number, other[place] == number) for place in product(range(6), range(7))]
            overlaps.append(sum(a and b for a, b in pairs) / sum(a or b for a, b in pairs))
        assert mask_quality(one, other) == pytest.approx(sum(overlaps) / len(overlaps))


def test_masks_that_are_empty_to_both_are_right_and_of_other_sizes_no_masks() -> None:
    nothing = np.zeros((3, 4), np.uint8)
    assert mask_quality(nothing, nothing) == 1.0
    assert mask_quality(nothing, np.ones((3, 4), np.uint8)) == 0.0
    with pytest.raises(ValueError, match="can't be compared"):
        mask_quality(nothing, nothing.T)


def asked(label: dict[str, Any] | None = None) -> AskedObject:
    return AskedObject(object_id=5, source="s3://harbor-in/5.jpg", part="0", label=label)


def test_a_class_is_right_when_it_is_peoples() -> None:
    job = automated_job("image-classification")
    answer = ClassAnswer(2, 0.8)
    found = [predict_class(asked(label), answer, MachineClass(), job) for label in (None, {"kind": 2}, {"kind": 1})]
    assert [(each.value, each.confidence, each.quality) for each in found] == [
        (2, 0.8, None),
        (2, 0.8, 1.0),
        (2, 0.8, 0.0),
    ]


def test_a_held_out_label_that_is_none_of_the_jobs_judges_nothing() -> None:
    job = automated_job("image-classification")
    with pytest.raises(AnswerError):
        predict_class(asked({"kind": 9}), ClassAnswer(2, 0.8), MachineClass(), job)


def box(score: float, *, class_id: int = 0) -> ScoredBox:
    return ScoredBox(class_id, score, (0.1, 0.2, 0.5, 0.6))


def test_boxes_that_are_likely_are_kept_in_pixels_with_the_mean_of_their_scores() -> None:
    job = automated_job("object-detection")
    found = predict_boxes(asked(), [box(0.9), box(0.7), box(0.3)], (200, 100), MachineBoxes(), job)
    assert found.value == {
        "size": [200, 100],
        "boxes": [[0, 20.0, 20.0, 80.0, 40.0, 0.9], [0, 20.0, 20.0, 80.0, 40.0, 0.7]],
    }
    assert found.confidence == pytest.approx(0.8)


@pytest.mark.parametrize(("boxes", "confidence"), [([], 1.0), ([box(0.3), box(0.1)], 0.7)])
def test_an_image_without_a_likely_box_is_as_sure_as_the_best_one_is_not(
    boxes: list[ScoredBox], confidence: float
) -> None:
    found = predict_boxes(asked(), boxes, (200, 100), MachineBoxes(), automated_job("object-detection"))
    assert found.value["boxes"] == []
    assert found.confidence == pytest.approx(confidence)


def test_held_out_boxes_are_judged_in_pixels() -> None:
    job = automated_job("object-detection")
    drawn = {"class_id": 0, "left": 20, "top": 20, "width": 80, "height": 20}
    label = {job.label_attribute: {"image_size": [{}], "annotations": [drawn]}}
    assert predict_boxes(asked(label), [box(0.9)], (200, 100), MachineBoxes(), job).quality == pytest.approx(0.5)


def test_a_mask_is_as_sure_as_its_painted_pixels() -> None:
    sure = np.array([[0.9, 0.5], [0.7, 0.6]], np.float32)
    painted = MaskAnswer(np.array([[0, 1], [2, 0]], np.uint8), sure)
    assert mask_confidence(painted) == pytest.approx(0.6)
    assert mask_confidence(MaskAnswer(np.zeros((2, 2), np.uint8), sure)) == pytest.approx(0.675)


def test_what_judges_a_model_is_drawn_for_each_object_by_itself() -> None:
    job = automated_job("image-classification", arn="arn:harbor")
    share = sum(is_held_out(job, number) for number in range(4_000)) / 4_000
    assert 0.45 < share < 0.55
    own = sum(is_containers_own(job, number) for number in range(4_000)) / 4_000
    assert 0.08 < own < 0.12
    other = automated_job("image-classification", arn="arn:other")
    assert any(is_held_out(job, number) != is_held_out(other, number) for number in range(20))


def test_as_many_are_held_out_as_the_bound_needs_when_all_are_right() -> None:
    job = automated_job("image-classification")
    least = least_held_out(job)
    assert (0.01 ** (1 / least) >= 0.95, 0.01 ** (1 / (least - 1)) >= 0.95) == (True, False)
    assert least_held_out(automated_job("object-detection")) == 30
    assert least_trained(job) == 60
    assert first_people(job) >= 2 * least
