from __future__ import annotations

import json

import pytest
from groundwork.pre_annotation.records import CheckedLine, first_pass
from groundwork.task_types import registry
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, UnusableLineError

from tests.formats.jobs import verification_job
from tests.unit.worker_page.parsed import SIGNATURE, document

BOXES = registry.get("VerificationBoundingBox")
MASKS = registry.get("VerificationSemanticSegmentation")
JOB = verification_job(labels=("good", 'bad "edges"'))


def box(class_id=1, **changes):
    return {"class_id": class_id, "left": 4, "top": 5.5, "width": 60, "height": 40, **changes}


def boxes_line(*boxes, class_map=None, **metadata):
    names = {"0": 'tug "Ida"', "1": "ferry"} if class_map is None else class_map
    return {
        "source-ref": "s3://harbor-in/pier/001.jpg",
        "boats": {"image_size": [{"width": 640, "height": 480, "depth": 3}], "annotations": list(boxes)},
        "boats-metadata": {"type": "groundtruth/object-detection", "class-map": names, "objects": [], **metadata},
    }


COLORS = {
    "0": {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.8},
    "10": {"class-name": "mast", "hex-color": "#2CA02C", "confidence": 0.8},
    "2": {"class-name": 'deck "A"', "hex-color": "#1f77b4", "confidence": 0.8},
}


def mask_line(colors=COLORS, src="s3://harbor-out/deck/0.png"):
    return {
        "source-ref": "s3://harbor-in/pier/001.jpg",
        "deck-ref": src,
        "deck-ref-metadata": {"type": "groundtruth/semantic-segmentation", "internal-color-map": colors},
    }


def test_the_task_shows_the_boxes_with_the_names_of_their_labels():
    line = boxes_line(box(1), box("0", left=0))
    task_input = BOXES.task_input(line, JOB)
    assert task_input["auditedLabel"] == {
        "attribute": "boats",
        "labels": ['tug "Ida"', "ferry"],
        "boxes": [
            {"label": "ferry", "left": 4, "top": 5.5, "width": 60, "height": 40},
            {"label": 'tug "Ida"', "left": 0, "top": 5.5, "width": 60, "height": 40},
        ],
    }
    assert task_input["labels"] == list(JOB.labels)
    assert task_input["manifestLine"] == line


def test_the_task_shows_the_mask_with_the_color_of_each_label_but_the_background():
    assert MASKS.task_input(mask_line(), JOB)["auditedLabel"] == {
        "attribute": "deck-ref",
        "labels": ['deck "A"', "mast"],
        "labelMappings": {'deck "A"': {"color": "#1f77b4"}, "mast": {"color": "#2CA02C"}},
        "src": "s3://harbor-out/deck/0.png",
    }


def test_labels_that_somebody_left_empty_can_be_verified_too():
    assert BOXES.task_input(boxes_line(class_map={}), JOB)["auditedLabel"]["boxes"] == []
    assert MASKS.task_input(mask_line({"0": COLORS["0"]}), JOB)["auditedLabel"]["labelMappings"] == {}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"source-ref": "s3://harbor-in/1.jpg"}, "no earlier label of type groundtruth/object-detection"),
        (boxes_line() | {"boats": [1]}, '"boats" has no list of annotations'),
        (boxes_line() | {"boats": {"annotations": {}}}, '"boats" has no list of annotations'),
        (boxes_line("left"), 'Box 0 of "boats" is no object'),
        (boxes_line(box(), box(7)), 'Box 1 of "boats" has the class id 7, which the class-map does not name'),
        (boxes_line(box(True)), "has the class id True, which"),
        (boxes_line(box("x" * 400)), "has the class id x{100}, which"),
        (boxes_line(box("1" * 5_000)), "has the class id 1{100}, which"),
        (boxes_line(box(left=None)), "has no number as left"),
        (boxes_line(box(height="9")), "has no number as height"),
        (boxes_line(box(width=float("inf"))), "has no number as width"),
        (boxes_line(class_map=["ferry"]), "no class-map of class ids and names"),
        (boxes_line(class_map={"one": "ferry"}), "no class-map of class ids and names"),
        (boxes_line(class_map={"1" * 5_000: "ferry"}), "no class-map of class ids and names"),
        (boxes_line(class_map={"1": None}), "no class-map of class ids and names"),
    ],
)
def test_a_line_whose_boxes_can_not_be_shown_fails_with_what_is_wrong(line, says):
    with pytest.raises(UnusableLineError, match=says):
        BOXES.task_input(line, JOB)


def without_color(class_id):
    return COLORS | {class_id: {key: value for key, value in COLORS[class_id].items() if key != "hex-color"}}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (boxes_line(), r"no earlier label of type groundtruth/semantic-segmentation .*; found boats"),
        (mask_line(without_color("2")), 'no hex-color for "deck "A"": masks that Ground Truth wrote before'),
        (
            mask_line({"1": COLORS["2"] | {"hex-color": "blue"}}),
            'has blue as hex-color of "deck "A"", which is no color',
        ),
        (mask_line({"1": COLORS["2"] | {"hex-color": 7}}), "has 7 as hex-color"),
        (mask_line({"1": {"hex-color": "#000000"}}), "no internal-color-map that names the classes"),
        (mask_line([]), "no internal-color-map that names the classes"),
        (mask_line(src="https://harbor/0.png"), '"deck-ref" is no S3 address'),
        (mask_line(src="s3://harbor-out"), '"deck-ref" is no S3 address'),
        (mask_line(src=None), '"deck-ref" is no S3 address'),
    ],
)
def test_a_line_whose_mask_can_not_be_shown_fails_with_what_is_wrong(line, says):
    with pytest.raises(UnusableLineError, match=says):
        MASKS.task_input(line, JOB)


def test_the_background_needs_no_color():
    assert MASKS.task_input(mask_line(without_color("0")), JOB)["auditedLabel"]["labels"] == ['deck "A"', "mast"]


def test_a_line_without_the_earlier_label_fails_alone():
    lines = [boxes_line(box()), {"source-ref": "s3://harbor-in/pier/002.jpg"}]
    records = [first_pass(n, b"", JOB, BOXES, lambda raw, line=line: CheckedLine(line)) for n, line in enumerate(lines)]
    assert [record.state for record in records] == ["task", "failed"]
    assert records[1].reason.startswith("ClientError: The line has no earlier label")


def test_the_page_draws_the_boxes_over_the_signed_image():
    page = document(BOXES.default_template, **BOXES.task_input(boxes_line(box()), JOB))
    assert page.attribute("crowd-image-classifier", "src").endswith(f"pier/001.jpg{SIGNATURE}")
    assert json.loads(page.attribute("crowd-image-classifier", "categories")) == list(JOB.labels)
    overlay = page.attribute("crowd-image-classifier", "overlay")
    value = (
        overlay.replace("boundingBox:", '"boundingBox":').replace("labels:", '"labels":').replace("value:", '"value":')
    )
    assert json.loads(value) == {
        "boundingBox": {
            "labels": ['tug "Ida"', "ferry"],
            "value": [{"label": "ferry", "left": 4, "top": 5.5, "width": 60, "height": 40}],
        }
    }


def test_the_page_lays_the_signed_mask_over_the_image():
    page = document(MASKS.default_template, **MASKS.task_input(mask_line(), JOB))
    overlay = page.attribute("crowd-image-classifier", "overlay")
    for key in ("semanticSegmentation", "labelMappings", "src"):
        overlay = overlay.replace(f"{key}:", f'"{key}":')
    found = json.loads(overlay.replace("labels:", '"labels":').replace("'", '"'))["semanticSegmentation"]
    assert found["src"] == f"https://harbor-out.s3.eu-central-1.amazonaws.com/deck/0.png{SIGNATURE}"
    assert found["labels"] == ['deck "A"', "mast"]
    assert found["labelMappings"] == {'deck "A"': {"color": "#1f77b4"}, "mast": {"color": "#2CA02C"}}


@pytest.mark.parametrize("task_type", [BOXES, MASKS])
def test_the_page_has_instructions_and_a_place_for_a_comment(task_type):
    line = boxes_line(box()) if task_type is BOXES else mask_line()
    tags = document(task_type.default_template, **task_type.task_input(line, JOB)).tags
    assert {"crowd-form", "short-instructions", "full-instructions", "worker-comment"} <= set(tags)


@pytest.mark.parametrize("comment", [{}, {"workerComment": ""}, {"workerComment": "loose left edge"}])
def test_a_verdict_may_have_a_comment(comment):
    BOXES.check_answer({"any name": {"label": "good", **comment}, "note": "x"}, AnsweredTask(JOB, dict))


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({}, "No label was chosen"),
        ({"a": {"label": ""}}, "No label was chosen"),
        ({"a": {"label": "awful"}}, '"awful" is not a label of this job'),
        ({"a": {"label": "good", "workerComment": 7}}, "workerComment must be a text"),
        ({"a": {"label": "good", "workerComment": ["x"]}}, "workerComment must be a text"),
    ],
)
def test_an_answer_without_a_verdict_is_refused(answer, says):
    with pytest.raises(InvalidAnswerError, match=says):
        BOXES.check_answer(answer, AnsweredTask(JOB, dict))


@pytest.mark.parametrize(("task_type", "audited"), [(BOXES, "object-detection"), (MASKS, "semantic-segmentation")])
def test_a_verification_says_what_it_audits_and_takes_a_single_verdict(task_type, audited):
    assert task_type.audits == f"groundtruth/{audited}"
    assert task_type.label_count.least == 1
    assert task_type.reference_suffix == "forbidden"
