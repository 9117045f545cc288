from __future__ import annotations

import math

import pytest

from tests.unit.consolidation.drawings import answered, box, found, labels_of


def mean_boxes(*drawings, **changes):
    return found("BoundingBox", *drawings, consolidation_algorithm="ground-truth", **changes)


def test_each_coordinate_is_the_unrounded_mean_of_the_members():
    (annotation,), _ = mean_boxes([box(10, 10, 30, 30)], [box(11, 10, 30, 31)], [box(10, 12, 32, 30)])
    assert annotation == {"class_id": 0, "left": 31 / 3, "top": 32 / 3, "width": 92 / 3, "height": 91 / 3}


def test_a_box_that_one_worker_drew_stays():
    annotations, (lonely, shared) = mean_boxes([box(10, 10), box(200, 200)], [box(200, 200)], [box(200, 200)])
    assert [annotation["left"] for annotation in annotations] == [10, 200]
    assert lonely < shared


def test_boxes_that_overlap_by_less_than_a_half_are_two():
    assert len(mean_boxes([box(0, 0, 30, 10)], [box(10, 0, 30, 10)])[0]) == 1
    assert len(mean_boxes([box(0, 0, 30, 10)], [box(11, 0, 30, 10)])[0]) == 2


def test_confidence_without_an_estimate_is_that_of_the_priors():
    _, (confidence,) = mean_boxes([box(0, 0, 30, 10)], [box(10, 0, 30, 10)], [], informed=False)
    odds = (0.7 / 0.1) ** 2 * (0.3 / 0.9)
    agreement = 250 / 350
    assert confidence == round(0.05 + 0.9 * odds / (1 + odds) * agreement, 2)


def test_one_round_of_the_estimate_by_hand():
    """Two workers agree on everything: P stays near 1 and both are equally sensitive."""
    drawings = [[box(40 * n, 0) for n in range(10)]] * 2
    _, confidences = mean_boxes(*drawings)
    sensitivity = (4 * 0.7 + 10) / (4 + 10)
    odds = (11 / 12) / (1 / 12) * (sensitivity / 0.1) ** 2
    assert confidences == [round(0.05 + 0.9 * odds / (1 + odds), 2)] * 10
    assert math.isclose(confidences[0], 0.95, abs_tol=0.01)


def test_labels_are_the_same_whatever_the_order_of_the_workers():
    drawings = [[box(10, 10, 30, 30), box(13, 10, 30, 30)], [box(11, 10, 30, 31)], [box(10, 12, 32, 30)]]
    names = ["a", "b", "c"]
    (one,) = labels_of(
        "BoundingBox", [answered("BoundingBox", *drawings, workers=names)], consolidation_algorithm="ground-truth"
    )
    (other,) = labels_of(
        "BoundingBox",
        [answered("BoundingBox", *drawings[::-1], workers=names[::-1])],
        consolidation_algorithm="ground-truth",
    )
    assert one == other


def test_one_worker_an_object_has_confidence_zero():
    assert mean_boxes([box(1, 1)], workers_per_object=1)[1] == [pytest.approx(0.0)]
