from __future__ import annotations

import json

import pytest
from groundwork.job.labeling_job import AnnotationFunctions

from tests.formats.jobs import (
    custom_job,
    entity_job,
    image_job,
    image_multi_label_job,
    segmentation_job,
    shape_job,
    text_job,
    text_multi_label_job,
    verification_job,
)
from tests.formats.labeling_run import FOLDER, label, read, run

PRE = "arn:aws:lambda:eu-west-1:111122223333:function:meter-pre"
POST = "arn:aws:lambda:eu-west-1:111122223333:function:meter-post"


def keep_active_sites(line):
    """A customer's pre-annotation function, in the older spelling."""
    active = "false" if line["site"] == "retired" else "true"
    return {"taskInput": {"img": line["source-ref"]}, "humanAnnotationRequired": active}


MASK_VERIFICATION = verification_job(
    name="Check-Deck", task_type="VerificationSemanticSegmentation", label_attribute="deck-check", labels=("fits",)
)

CASES = {
    "image_classification": (image_job(), None),
    "text_classification": (text_job(), None),
    "predictions_of_classes": (image_job(), None),
    "predictions_of_boxes": (shape_job("BoundingBox", show_predictions=True), None),
    "image_multi_label": (image_multi_label_job(), None),
    "text_multi_label": (text_multi_label_job(), None),
    "verification_of_boxes": (verification_job(), None),
    "verification_of_masks": (MASK_VERIFICATION, None),
    "bounding_box": (shape_job("BoundingBox"), None),
    "bounding_box_means": (shape_job("BoundingBox", consolidation_algorithm="ground-truth"), None),
    "adjustment_bounding_box": (shape_job("AdjustmentBoundingBox", label_attribute="shapes-adjusted"), None),
    "polygon": (shape_job("Polygon"), None),
    "polyline": (shape_job("Polyline"), None),
    "line": (shape_job("Line"), None),
    "keypoint": (shape_job("Keypoint"), None),
    "named_entities": (entity_job(), None),
    "semantic_segmentation": (segmentation_job(), None),
    "adjustment_of_masks": (segmentation_job(task_type="AdjustmentSemanticSegmentation"), None),
    "instance_segmentation": (segmentation_job(name="Pier-Things", task_type="InstanceSegmentation"), None),
    "custom_without_function": (custom_job(), None),
    "custom_with_functions": (custom_job(functions=AnnotationFunctions(pre=PRE, post=POST)), keep_active_sites),
    "pass_through": (custom_job(task_type="PassThrough", workers_per_object=2), None),
    "chained": (image_job(name="Pier-Weather", label_attribute="weather", labels=("fog", "sun")), None),
}


def lines_of(case, name):
    return (FOLDER / case / name).read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize("case", CASES)
def test_the_output_manifest_is_the_golden_one(case):
    job, pre = CASES[case]
    output = run(case, job, pre=pre).splitlines()
    assert [json.loads(line) for line in output] == [json.loads(line) for line in lines_of(case, "output.manifest")]


@pytest.mark.parametrize("case", CASES)
def test_every_input_line_is_in_the_output_once_and_ends_as_it_did(case):
    job, pre = CASES[case]
    before, after = lines_of(case, "input.manifest"), run(case, job, pre=pre).splitlines(keepends=True)
    assert len(after) == len(before)
    for line, augmented in zip(before, after, strict=True):
        assert line[len(line.rstrip(b"\r\n")) :] == augmented[len(augmented.rstrip(b"\r\n")) :]


@pytest.mark.parametrize(
    "case",
    [
        "text_classification",
        "text_multi_label",
        "named_entities",
        "predictions_of_boxes",
        "custom_without_function",
        "custom_with_functions",
        "chained",
    ],
)
def test_what_came_in_stands_in_the_output_byte_for_byte(case):
    job, pre = CASES[case]
    after = run(case, job, pre=pre).splitlines()
    for line, augmented in zip(lines_of(case, "input.manifest"), after, strict=True):
        assert augmented.startswith(line.rstrip()[:-1])


def test_copied_and_unlabeled_lines_are_untouched_to_the_byte():
    before, after = lines_of("image_classification", "input.manifest"), run("image_classification", image_job())
    lines = after.splitlines(keepends=True)
    assert lines[2] == before[2]
    assert lines[7] == before[7]


def test_numbers_of_a_labeled_line_keep_their_text():
    first, second, *_ = run("image_classification", image_job()).splitlines()
    assert b'"tide":1.50,' in first
    assert b'"camera": {"lens":35.0,"serial":123456789012345678901} ,' in second


def test_a_second_pass_under_the_same_attribute_labels_only_what_has_no_label_yet():
    done = run("image_classification", image_job()).splitlines(keepends=True)
    answers = {str(number): read("image_classification", "answers.json")["0"] for number in range(len(done))}
    again = label(done, image_job(), answers=answers).splitlines(keepends=True)
    labeled_before = [number for number, line in enumerate(done) if "kind" in json.loads(line)]
    assert labeled_before == [0, 1, 2, 5, 6]
    assert [again[number] for number in labeled_before] == [done[number] for number in labeled_before]
    assert [json.loads(again[number]).get("kind") for number in (3, 4, 7)] == [None, 0, 0]


def test_a_verification_keeps_the_label_it_audits_to_the_byte():
    before = lines_of("verification_of_boxes", "input.manifest")
    after = run("verification_of_boxes", verification_job()).splitlines(keepends=True)
    labeled = [number for number, line in enumerate(after) if "boats-check" in json.loads(line)]
    assert labeled == [0, 1, 4, 6, 7]
    for number in labeled:
        assert after[number].startswith(before[number].rstrip()[:-1])
