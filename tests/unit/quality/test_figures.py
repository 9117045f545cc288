from __future__ import annotations

from random import Random

import pytest
from groundwork.quality.figures import NO_CHOICE, NO_MEASURE, NOT_NOMINAL, ONE_ANSWER, ONE_WORKER, Figures
from groundwork.quality.hardest import MOST
from groundwork.quality.timeline import MOST_POINTS
from groundwork.quality.worker_tally import WorkerTally, truth_of
from groundwork.task_types import registry

from tests.formats.jobs import custom_job, image_job, image_multi_label_job, shape_job
from tests.unit.quality.judged_objects import judged

MEASURE = registry.get("ImageMultiClass").agreement


def figures_of(items, job=None):
    figures = Figures(job or image_job(), MEASURE)
    for item in items:
        figures.add(item)
    return figures.document()


def test_workers_are_compared_with_the_label_and_with_each_other():
    document = figures_of(
        [
            judged(0, {"ada": 0, "bo": 0, "cy": 1}, 0, 0.8),
            judged(1, {"ada": 1, "bo": 1}, 1, 0.9, missing=1),
        ]
    )
    ada, _, cy = document["workers"]
    assert (ada["workerId"], ada["answers"], ada["meanSeconds"]) == ("ada", 2, 2.0)
    assert ada["agreementWithLabel"] == 1
    assert ada["agreementWithOthers"] == pytest.approx(2 / 3, abs=1e-4)
    assert cy["agreementWithLabel"] == 0
    assert document["answers"] == {"count": 5, "missing": 1, "meanSeconds": 2.0}
    assert document["agreement"]["mean"] == pytest.approx((1 / 3 + 1) / 2, abs=1e-4)
    assert [label["objects"] for label in document["labels"]] == [1, 1, 0]
    assert [label["answers"] for label in document["labels"]] == [2, 3, 0]


def test_quality_recovers_how_often_simulated_workers_are_right():
    random, skill = Random(4), {"ada": 0.95, "bo": 0.8, "cy": 0.55}
    items = []
    for number in range(3_000):
        truth = random.randrange(3)
        given = {
            worker: truth if random.random() < right else random.choice([k for k in range(3) if k != truth])
            for worker, right in skill.items()
        }
        items.append(judged(number, given, truth, 0.95))
    for worker in figures_of(items)["workers"]:
        low, high = worker["quality"]["interval"]
        assert worker["quality"]["value"] == pytest.approx(skill[worker["workerId"]], abs=0.03)
        assert low < skill[worker["workerId"]] < high
        assert high - low < 0.05


def test_a_label_of_little_confidence_says_little_about_who_was_right():
    assert truth_of(0, 0.5, {0, 1}) == {0: pytest.approx(0.5), 1: pytest.approx(0.5)}
    assert truth_of(0, 0.95, {0}) == {0: pytest.approx(1)}
    assert truth_of(0, None, {0, 1}) == {0: 1, 1: 0}
    assert truth_of(2, 0.05, {0, 1}) == {2: 0, 0: 0.5, 1: 0.5}
    tally = WorkerTally()
    tally.add_truth(0, truth_of(0, 0.5, {0}))
    assert sum(tally.right.values()) == pytest.approx(0.5)
    assert tally.elsewhere == pytest.approx(0.5)


def test_one_answer_leans_to_the_prior():
    tally = WorkerTally()
    tally.add_truth(0, {0: 1.0})
    assert tally.quality({0: 0.5, 1: 0.5})["value"] == pytest.approx(0.5 * 3.8 / 5 + 0.5 * 0.7)
    assert WorkerTally().quality({0: 1.0}) is None


def test_what_is_not_known_is_null_with_the_reason():
    nothing = figures_of([judged(0, {"ada": 1}, 1)], image_job(workers_per_object=1))
    assert nothing["agreement"] == {
        "measure": "same label",
        "mean": None,
        "objects": 0,
        "alpha": None,
        "reason": ONE_ANSWER,
    }
    assert nothing["confidence"] == {"mean": None, "histogram": [], "reason": ONE_WORKER}
    assert nothing["workers"][0]["quality"] is None
    assert nothing["hardest"] == []
    assert figures_of([judged(0, {"ada": 1, "bo": 1}, 1, 0.95)])["agreement"]["reason"] == NO_CHOICE

    free = Figures(custom_job(), None)
    free.add(judged(0, {"ada": None, "bo": None}, label=None, labeled=True))
    document = free.document()
    assert document["agreement"]["reason"] == NO_MEASURE
    assert document["labels"] == []
    assert document["answers"]["count"] == 2

    boxes = Figures(shape_job("BoundingBox"), registry.get("BoundingBox").agreement)
    drawing = boxes.measure.of_label(
        {boxes.job.label_attribute: {"image_size": [{"width": 9, "height": 9}], "annotations": []}}, boxes.job
    )
    boxes.add(judged(0, {"ada": drawing, "bo": drawing}, drawing))
    assert boxes.document()["agreement"]["reason"] == NOT_NOMINAL
    assert boxes.document()["agreement"]["mean"] == 1


def test_the_hardest_are_the_least_sure_in_order_and_few():
    items = [judged(number, {"ada": 0, "bo": 1}, 0, round(0.9 - number % 40 / 100, 2)) for number in range(200)]
    hardest = figures_of(items)["hardest"]
    expected = sorted(items, key=lambda item: (item.confidence, item.object_id))[:MOST]
    assert [hard["objectId"] for hard in hardest] == [item.object_id for item in expected]
    assert hardest[0] == {
        "objectId": 39,
        "dataObject": {"s3Uri": "s3://harbor-in/39.jpg"},
        "labels": ["boat"],
        "confidence": 0.51,
        "agreement": 0.0,
        "given": {"boat": 1, "buoy": 1},
    }


def test_the_histogram_puts_each_confidence_into_its_tenth():
    items = [judged(number, {"ada": 0, "bo": 0}, 0, number / 100) for number in range(101)]
    counts = [part["objects"] for part in figures_of(items)["confidence"]["histogram"]]
    assert counts == [10] * 9 + [11]


def test_iterations_are_told_apart_and_progress_ends_with_every_object():
    items = [judged(number, {"ada": 0, "bo": 0}, 0, 0.9, iteration=number // 400 + 1) for number in range(1_000)]
    document = figures_of(items)
    assert [(part["iteration"], part["objects"]) for part in document["iterations"]] == [(1, 400), (2, 400), (3, 200)]
    points = document["progress"]
    assert len(points) == MOST_POINTS
    assert points[0]["objects"] == 1
    assert points[-1] == {"time": "1970-01-01T00:33:19Z", "objects": 1_000}
    assert [point["objects"] for point in points] == sorted(point["objects"] for point in points)


def test_the_order_of_objects_does_not_matter():
    random = Random(1)
    items = [
        judged(number, {"ada": random.randrange(3), "bo": random.randrange(3), "cy": 0}, random.randrange(3), 0.7)
        for number in range(60)
    ]
    assert figures_of(items) == figures_of(random.sample(items, len(items)))


def test_what_is_not_compared_counts_in_all_but_agreement_and_labels():
    items = [judged(number, {"ada": 0, "bo": 0}, 0, 0.9) for number in range(4)]
    items += [
        judged(number, {"ada": None, "bo": None}, confidence=0.4, compared=False, labeled=True)
        for number in range(4, 10)
    ]
    document = figures_of(items)
    assert document["agreement"]["sample"] == {"objects": 4, "of": 10}
    assert document["agreement"]["objects"] == document["labels"][0]["objects"] == 4
    assert document["answers"]["count"] == 20
    assert document["confidence"]["mean"] == pytest.approx((4 * 0.9 + 6 * 0.4) / 10)
    assert [hard["labels"] for hard in document["hardest"]] == [None] * 6
    assert "sample" not in figures_of(items[:4])["agreement"]


def test_gold_that_is_known_no_more_is_gold_all_the_same():
    document = figures_of([judged(0, {"ada": 0, "bo": 0}, 1, 0.3, is_gold=True)])
    assert document["gold"]["objects"] == 1
    assert document["gold"]["answers"]["count"] == 0
    assert document["labels"][0]["objects"] == document["labels"][1]["objects"] == 0
    assert document["hardest"] == []
    assert document["confidence"]["mean"] is None


def test_gold_right_in_part_counts_in_part():
    measure = registry.get("ImageMultiClassMultiLabel").agreement
    figures = Figures(image_multi_label_job(), measure)
    given = {"ada": frozenset({0, 1}), "bo": frozenset({2})}
    figures.add(judged(0, given, frozenset({0, 1}), 0.9, is_gold=True, gold=frozenset({0})))
    document = figures.document()
    assert document["gold"]["answers"] == {"count": 2, "right": pytest.approx(2 / 3, abs=1e-4)}
    assert document["gold"]["missed"] == [{"objectId": 0, "right": pytest.approx(1 / 3, abs=1e-4)}]
    assert [worker["gold"]["right"] for worker in document["workers"]] == [pytest.approx(2 / 3, abs=1e-4), 0]
