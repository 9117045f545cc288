"""Labels that a model gives have the form of people's, and say who gave them."""

from __future__ import annotations

from typing import Any

import pytest
from groundwork.task_types import registry
from groundwork.task_types.machine_boxes import MachineBoxes
from groundwork.task_types.machine_mask import MachineMask, colors_of

from tests.formats.jobs import NOW
from tests.unit.active_learning.sagemaker.automated_jobs import automated_job

BOXES_JOB, MASKS_JOB = automated_job("object-detection"), automated_job("semantic-segmentation")
PREDICTED_BOXES = {"size": [200, 100], "boxes": [[1, 5.0, 6.0, 7.0, 8.0, 0.617], [0, 20.0, 20.0, 80.0, 40.0, 0.9]]}


def test_every_type_that_is_labeled_automatically_says_how() -> None:
    types = [registry.get(name) for name in registry.names()]
    assert {each.name for each in types if each.automated_labeling} == {
        "ImageMultiClass",
        "TextMultiClass",
        "BoundingBox",
        "SemanticSegmentation",
    }
    assert all((each.machine is None) == (each.automated_labeling is None) for each in types)


def test_boxes_are_written_as_people_s_with_a_confidence_each() -> None:
    content = MachineBoxes().content(PREDICTED_BOXES, 0.75, BOXES_JOB, "groundtruth/object-detection", NOW)
    labels = BOXES_JOB.labels or ()
    assert content == {
        BOXES_JOB.label_attribute: {
            "image_size": [{"width": 200, "height": 100, "depth": 3}],
            "annotations": [
                {"class_id": 0, "left": 20.0, "top": 20.0, "width": 80.0, "height": 40.0},
                {"class_id": 1, "left": 5.0, "top": 6.0, "width": 7.0, "height": 8.0},
            ],
        },
        BOXES_JOB.metadata_attribute: {
            "objects": [{"confidence": 0.9}, {"confidence": 0.62}],
            "class-map": {"0": labels[0], "1": labels[1]},
            "type": "groundtruth/object-detection",
            "human-annotated": "no",
            "creation-date": "2026-03-05T10:11:12.123456",
            "job-name": f"labeling-job/{BOXES_JOB.key}",
        },
    }
    assert MachineBoxes().copies(PREDICTED_BOXES, BOXES_JOB) == []


def test_boxes_are_read_as_they_were_written() -> None:
    content = MachineBoxes().content(PREDICTED_BOXES, 0.75, BOXES_JOB, "groundtruth/object-detection", NOW)
    assert MachineBoxes().read(content, BOXES_JOB) == [[0, 20.0, 20.0, 80.0, 40.0], [1, 5.0, 6.0, 7.0, 8.0]]


@pytest.mark.parametrize(
    "annotation",
    [
        {"class_id": 99, "left": 1, "top": 1, "width": 1, "height": 1},
        {"class_id": 0, "left": 1, "top": 1, "width": 1},
        {"class_id": 0, "left": 1, "top": 1, "width": float("inf"), "height": 1},
        {"class_id": 0, "left": True, "top": 1, "width": 1, "height": 1},
        [],
    ],
)
def test_a_label_with_a_box_that_is_none_of_the_jobs_is_none(annotation: Any) -> None:
    label = {BOXES_JOB.label_attribute: {"annotations": [annotation]}}
    assert MachineBoxes().read(label, BOXES_JOB) is None
    assert MachineBoxes().read({}, BOXES_JOB) is None


def test_a_mask_becomes_a_file_beside_those_of_people() -> None:
    predicted = {"object": 7, "mask": "s3://harbor-out/jobs/x/inference/1/masks/7.png"}
    content = MachineMask().content(predicted, 0.756, MASKS_JOB, "groundtruth/semantic-segmentation", NOW)
    metadata = content[MASKS_JOB.metadata_attribute]
    (source, target) = MachineMask().copies(predicted, MASKS_JOB)[0]
    assert (str(source), str(target)) == (predicted["mask"], content[MASKS_JOB.label_attribute])
    assert "/annotations/consolidated-annotation/output/7_" in str(target)
    assert (metadata["human-annotated"], metadata["type"]) == ("no", "groundtruth/semantic-segmentation")
    first = metadata["internal-color-map"]
    assert first["0"] == {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.76}
    assert [entry["class-name"] for entry in first.values()] == ["BACKGROUND", *(MASKS_JOB.labels or ())]


def test_a_mask_is_read_with_what_its_colors_stand_for() -> None:
    predicted = {"object": 7, "mask": "s3://harbor-out/jobs/x/inference/1/masks/7.png"}
    content = MachineMask().content(predicted, 0.756, MASKS_JOB, "groundtruth/semantic-segmentation", NOW)
    label = MachineMask().read(content, MASKS_JOB)
    assert label is not None
    assert label["mask"] == content[MASKS_JOB.label_attribute]
    assert colors_of(label)[0] == ((0x1F, 0x77, 0xB4), 1)
    assert len(label["colors"]) == len(MASKS_JOB.labels or ())


@pytest.mark.parametrize(
    "metadata", [None, {}, {"internal-color-map": {"0": {"hex-color": "#red"}}}, {"internal-color-map": {"x": 1}}]
)
def test_a_mask_without_colors_is_none(metadata: Any) -> None:
    content = {MASKS_JOB.label_attribute: "s3://b/m.png", MASKS_JOB.metadata_attribute: metadata}
    assert MachineMask().read(content, MASKS_JOB) is None
