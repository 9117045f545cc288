from __future__ import annotations

import json
import random
import time

import pytest
from groundwork.task_types import registry
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.consolidation.drawings import answered, box, found, labels_of, point, shape_job, vertices

SHAPES = {
    "BoundingBox": box(40, 50, 60, 70),
    "AdjustmentBoundingBox": box(40, 50, 60, 70),
    "Polygon": vertices((40, 50), (140, 50), (120, 130), (60, 110)),
    "Polyline": vertices((40, 50), (140, 60), (220, 130)),
    "Line": vertices((40, 50), (240, 160)),
    "Keypoint": point(40, 50),
}
NAMES = list(SHAPES)


def without_label(shape):
    return {key: value for key, value in shape.items() if key != "label"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("workers", [2, 3, 5, 9])
def test_equal_shapes_give_that_very_shape_with_high_confidence(name, workers):
    (annotation,), (confidence,) = found(name, *[[SHAPES[name]]] * workers)
    assert annotation == {"class_id": 0, **without_label(SHAPES[name])}
    assert confidence >= 0.9


@pytest.mark.parametrize("name", NAMES)
def test_whole_pixels_are_integers(name):
    annotations, _ = found(name, [SHAPES[name]], [SHAPES[name]])
    assert ".0" not in json.dumps(annotations)


@pytest.mark.parametrize(
    ("name", "algorithm"),
    [(name, algorithm) for name in NAMES for algorithm in registry.get(name).consolidation_algorithms],
)
def test_when_everybody_draws_nothing_the_label_is_an_empty_list(name, algorithm):
    (label,) = labels_of(name, [answered(name, [], [], [])], consolidation_algorithm=algorithm)
    metadata = label.content["things-metadata"]
    assert label.content["things"] == {"image_size": [{"width": 640, "height": 480, "depth": 3}], "annotations": []}
    assert (metadata["objects"], metadata["class-map"]) == ([], {})


@pytest.mark.parametrize("name", NAMES)
def test_one_worker_an_object_is_taken_at_their_word_with_confidence_zero(name):
    (annotation,), confidences = found(name, [SHAPES[name]], workers_per_object=1)
    assert annotation == {"class_id": 0, **without_label(SHAPES[name])}
    assert confidences == [0.0]


@pytest.mark.parametrize("name", NAMES)
def test_what_one_of_five_drew_is_left_out_and_what_four_of_five_drew_is_kept(name):
    assert found(name, [SHAPES[name]], [], [], [], [])[0] == []
    assert len(found(name, *[[SHAPES[name]]] * 4, [])[0]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_shapes_with_different_labels_are_different_things(name):
    other = {**SHAPES[name], "label": "buoy"}
    annotations, _ = found(name, *[[SHAPES[name], other]] * 3)
    assert [annotation["class_id"] for annotation in annotations] == [0, 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_that_a_worker_drew_twice_counts_once(name):
    once, (before,) = found(name, [SHAPES[name]], [SHAPES[name]], [], informed=False)
    twice, (after,) = found(name, [SHAPES[name]] * 2, [SHAPES[name]], [], informed=False)
    assert (once, before) == (twice, after)


def test_the_metadata_has_the_shape_of_real_output():
    given = answered("BoundingBox", [box(12, 30, 50, 20, "buoy")], [box(12, 30, 50, 20, "buoy")], missing=1)
    (label,) = labels_of("BoundingBox", [given])
    assert label.content["things"] == {
        "image_size": [{"width": 640, "height": 480, "depth": 3}],
        "annotations": [{"class_id": 1, "left": 12, "top": 30, "width": 50, "height": 20}],
    }
    (confidence,) = [entry.pop("confidence") for entry in label.content["things-metadata"]["objects"]]
    assert 0.9 < confidence < 1
    assert label.content["things-metadata"] == {
        "objects": [{}],
        "class-map": {"1": "buoy"},
        "type": "groundtruth/object-detection",
        "human-annotated": "yes",
        "creation-date": "2026-03-05T10:11:12.123456",
        "job-name": "labeling-job/pier-kind",
        "answers-missing": 1,
    }


@pytest.mark.parametrize(("modified", "status"), [(False, "unadjusted"), (True, "adjusted")])
@pytest.mark.parametrize("algorithm", ["default", "ground-truth"])
def test_an_adjustment_says_whether_anybody_changed_something(modified, status, algorithm):
    quiet = answered("AdjustmentBoundingBox", [box(1, 1)], initialValueModified=False).answers
    loud = answered("AdjustmentBoundingBox", [box(1, 1)], workers=["v"], initialValueModified=modified).answers
    item = answered("AdjustmentBoundingBox", [], object_id=7)
    item = type(item)(7, (*quiet, *loud), item.response_uri)
    (label,) = labels_of("AdjustmentBoundingBox", [item], consolidation_algorithm=algorithm)
    assert label.content["things-metadata"]["adjustment-status"] == status
    (plain,) = labels_of("BoundingBox", [answered("BoundingBox", [box(1, 1)])])
    assert "adjustment-status" not in plain.content["things-metadata"]


def test_an_unusable_answer_is_nobodys_no():
    good, bad = answered("BoundingBox", [box(1, 1)]), answered("BoundingBox", [{"label": "ship"}], workers=["v"])
    both = type(good)(0, (*good.answers, *bad.answers), good.response_uri)
    assert [label.content for label in labels_of("BoundingBox", [both])] == [
        label.content for label in labels_of("BoundingBox", [good])
    ]
    assert labels_of("BoundingBox", [bad]) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_worker_who_invents_much_is_believed_less(name):
    rng = random.Random(5)

    def elsewhere():
        return moved(SHAPES[name], rng.uniform(0, 380), rng.uniform(200, 340))

    objects = [answered(name, *[[SHAPES[name]]] * 2, [elsewhere()], object_id=n) for n in range(1, 30)]
    (disputed, *_) = labels_of(name, [answered(name, [], [SHAPES[name]], [elsewhere()]), *objects])
    by_good = [a for a in disputed.content["things"]["annotations"] if same_place(a, SHAPES[name])]
    assert len(disputed.content["things"]["annotations"]) == len(by_good)


def moved(shape, x, y):
    if "vertices" in shape:
        return {**shape, "vertices": [{"x": v["x"] + x, "y": v["y"] + y} for v in shape["vertices"]]}
    if "left" in shape:
        return {**shape, "left": shape["left"] + x, "top": shape["top"] + y}
    return {**shape, "x": shape["x"] + x, "y": shape["y"] + y}


def same_place(annotation, shape):
    return {key: annotation[key] for key in without_label(shape)} == without_label(shape)


def noisy_crowd(name, seed, objects=4, workers=5):
    rng = random.Random(seed)
    made = []
    for number in range(objects):
        things = [moved(SHAPES[name], rng.randrange(0, 300), rng.randrange(0, 300)) for _ in range(rng.randrange(4))]
        drawings = [
            [moved(thing, rng.uniform(0, 8), rng.uniform(0, 8)) for thing in things if rng.random() < 0.8]
            for _ in range(workers)
        ]
        made.append((number, drawings))
    return made


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 10**6), data=st.data())
@settings(max_examples=8, deadline=None)
def test_the_order_of_workers_shapes_and_objects_never_matters(name, seed, data):
    crowd = noisy_crowd(name, seed)
    plain = [answered(name, *drawings, object_id=number) for number, drawings in crowd]
    shuffled = []
    for number, drawings in data.draw(st.permutations(crowd)):
        order = data.draw(st.permutations(range(len(drawings))))
        mixed = [data.draw(st.permutations(drawings[worker])) for worker in order]
        shuffled.append(answered(name, *mixed, object_id=number, workers=[f"w{worker}" for worker in order]))
    one = {label.object_id: json.dumps(label.content) for label in labels_of(name, plain)}
    other = {label.object_id: json.dumps(label.content) for label in labels_of(name, shuffled)}
    assert one == other


@pytest.mark.parametrize("name", NAMES)
def test_labels_do_not_depend_on_the_batch_they_are_made_in(name):
    job = shape_job(name)
    consolidation = registry.get(name).consolidation
    objects = [answered(name, *drawings, object_id=number) for number, drawings in noisy_crowd(name, 3)]
    votes = [(o.object_id, a.worker_id, consolidation.vote(a.content, job)) for o in objects for a in o.answers]
    estimate = consolidation.estimate(votes, job)
    now = shape_job(name).created_at
    together = consolidation.consolidate(objects, estimate, job, now)
    alone = [label for item in objects for label in consolidation.consolidate([item], estimate, job, now)]
    assert together == alone


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 10**6), workers=st.integers(2, 8))
@settings(max_examples=10, deadline=None)
def test_a_further_worker_who_agrees_never_lowers_the_confidence(name, seed, workers):
    rng = random.Random(seed)
    shape = SHAPES[name]
    drawings = [[shape] if rng.random() < 0.8 else [] for _ in range(workers)]
    if not any(drawings):
        drawings[0] = [shape]
    _, before = found(name, *drawings, informed=False)
    _, after = found(name, *drawings, [shape], informed=False)
    assert (before or [0.0]) <= (after or [0.0])


def test_a_thousand_boxes_on_an_image_are_fast():
    rng = random.Random(2)
    things = [(rng.uniform(0, 3_900), rng.uniform(0, 2_900)) for _ in range(1_000)]
    drawings = [[box(x + rng.uniform(0, 4), y + rng.uniform(0, 4), 60, 50) for x, y in things] for _ in range(5)]
    started = time.process_time()
    (label,) = labels_of("BoundingBox", [answered("BoundingBox", *drawings, size=(4_000, 3_000))])
    assert time.process_time() - started < 20
    assert 950 <= len(label.content["things"]["annotations"]) <= 1_010


def test_a_thousand_boxes_on_one_spot_are_fast():
    rng = random.Random(2)
    drawings = [[box(rng.uniform(0, 9), rng.uniform(0, 9), 90, 80) for _ in range(1_000)] for _ in range(3)]
    started = time.process_time()
    labels_of("BoundingBox", [answered("BoundingBox", *drawings)])
    assert time.process_time() - started < 20


@pytest.mark.parametrize("name", NAMES)
def test_the_estimate_is_plain_json_that_names_every_worker(name):
    job, consolidation = shape_job(name), registry.get(name).consolidation
    item = answered(name, [SHAPES[name]], [SHAPES[name]], [])
    votes = [(0, answer.worker_id, consolidation.vote(answer.content, job)) for answer in item.answers]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job)))
    assert set(estimate["workers"]) == {"w0", "w1", "w2"}
    assert estimate["workers"]["w2"]["missed"] > estimate["workers"]["w0"]["missed"]
    assert consolidation.estimate([], job)["workers"] == {}
