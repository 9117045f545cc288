"""How alike answers of each kind are."""

from __future__ import annotations

import pytest
from groundwork.quality.label_sets import LabelSetAgreement
from groundwork.task_types import registry
from groundwork.task_types.entity_answer import Span
from groundwork.task_types.shape_answer import Drawing

from tests.formats.jobs import entity_job, image_job, image_multi_label_job, shape_job, verification_job

BOXES = registry.get("BoundingBox").agreement
SPANS = registry.get("NamedEntityRecognition").agreement
CLASSES = registry.get("ImageMultiClass").agreement
SETS = LabelSetAgreement()
LEFT, RIGHT = (0.0, 0.0, 10.0, 10.0), (50.0, 0.0, 10.0, 10.0)


def drawing(*shapes):
    return Drawing((100, 100), shapes, modified=False)


def test_a_type_of_which_nobody_can_compare_answers_has_no_measure():
    assert {name for name in registry.names() if registry.get(name).agreement is None} >= {"Custom", "PassThrough"}


def test_boxes_are_paired_once_within_their_label_and_the_unpaired_count_as_nothing():
    half = (0.0, 0.0, 10.0, 5.0)
    assert BOXES.similarity(drawing((0, LEFT)), drawing((0, LEFT))) == 1
    assert BOXES.similarity(drawing((0, LEFT)), drawing((0, half))) == pytest.approx(0.5)
    assert BOXES.similarity(drawing((0, LEFT)), drawing((1, LEFT))) == 0
    assert BOXES.similarity(drawing((0, LEFT)), drawing((0, LEFT), (0, RIGHT))) == pytest.approx(2 / 3)
    assert BOXES.similarity(drawing((0, LEFT)), drawing((0, LEFT), (0, half))) == pytest.approx(2 / 3)
    assert BOXES.similarity(drawing((0, LEFT)), drawing((0, RIGHT))) == 0
    assert BOXES.similarity(drawing(), drawing((0, LEFT))) == 0
    assert BOXES.similarity(drawing(), drawing()) == 1


@pytest.mark.parametrize("name", ["BoundingBox", "Polygon", "Polyline", "Line", "Keypoint"])
def test_every_shape_equals_itself_and_the_order_of_two_drawings_does_not_matter(name):
    task_type = registry.get(name)
    shape = {
        "BoundingBox": LEFT,
        "Polygon": (0.0, 0.0, 9.0, 0.0, 5.0, 8.0),
        "Polyline": (0.0, 0.0, 9.0, 0.0, 5.0, 8.0),
        "Line": (0.0, 0.0, 9.0, 0.0),
        "Keypoint": (3.0, 4.0),
    }[name]
    moved = tuple(number + 1 for number in shape)
    one, other = drawing((0, shape), (1, shape)), drawing((0, moved))
    assert task_type.agreement.similarity(one, one) == pytest.approx(1)
    there = task_type.agreement.similarity(one, other)
    assert 0 < there < 1
    assert task_type.agreement.similarity(other, one) == pytest.approx(there)


def test_spans_match_when_place_and_label_are_the_same():
    one = frozenset({Span(0, 4, 0), Span(6, 9, 1)})
    assert SPANS.similarity(one, one) == 1
    assert SPANS.similarity(one, frozenset({Span(0, 4, 0), Span(6, 9, 0)})) == 0.5
    assert SPANS.similarity(one, frozenset()) == 0
    assert SPANS.similarity(frozenset(), frozenset()) == 1
    assert SPANS.labels(one) == {0, 1}


def test_label_sets_are_compared_by_f1():
    assert SETS.similarity(frozenset({0, 1}), frozenset({1})) == pytest.approx(2 / 3)
    assert SETS.similarity(frozenset(), frozenset()) == 1
    assert SETS.similarity(frozenset(), frozenset({1})) == 0


def test_a_label_is_read_as_an_answer_is():
    job = image_job()
    assert CLASSES.of_answer({"crowd-image-classifier": {"label": "net"}}, job) == 2
    assert CLASSES.of_label({"kind": 2}, job) == 2
    assert registry.get("VerificationBoundingBox").agreement.of_label({"boats-check": "1"}, verification_job()) == 1
    assert CLASSES.of_label({"kind": 3}, job) is None
    assert CLASSES.of_label({"kind-metadata": {}}, job) is None

    entities = {"entities": [{"startOffset": 0, "endOffset": 3, "label": entity_job().labels[1]}]}
    label = {entity_job().label_attribute: {"annotations": entities}}
    assert SPANS.of_label(label, entity_job()) == SPANS.of_answer({"crowd-entity-annotation": entities}, entity_job())

    shapes = {
        "image_size": [{"width": 100, "height": 80, "depth": 3}],
        "annotations": [{"class_id": 0, "left": 1, "top": 2, "width": 3, "height": 4}],
    }
    box_job = shape_job("BoundingBox")
    assert BOXES.of_label({box_job.label_attribute: shapes}, box_job).shapes == ((0, (1, 2, 3, 4)),)
    assert BOXES.of_label({box_job.label_attribute: {"annotations": []}}, box_job) is None


def test_of_a_set_the_labels_count_that_more_likely_apply_than_not():
    job = image_multi_label_job()
    content = {
        "kinds": [1, 0, 2],
        "kinds-metadata": {"confidence-map": {"1": 0.9, "0": 0.5, "2": 0.1}},
    }
    assert SETS.of_label(content, job) == {0, 1}
    assert SETS.of_label(content, job.model_copy(update={"workers_per_object": 1})) == {0, 1, 2}
    assert SETS.confidence(content, job) == 0.5
    assert SETS.confidence({"kinds": [], "kinds-metadata": {"confidence-map": {}}}, job) is None


def test_the_least_sure_shape_or_entity_makes_the_confidence():
    metadata = {"objects": [{"confidence": 0.9}, {"confidence": 0.4}], "entities": [{"confidence": 0.7}]}
    job = shape_job("BoundingBox")
    content = {job.metadata_attribute: metadata}
    assert BOXES.confidence(content, job) == 0.4
    assert SPANS.confidence(content, job) == 0.7
    assert BOXES.confidence({job.metadata_attribute: {"objects": []}}, job) is None
