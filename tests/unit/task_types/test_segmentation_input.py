from __future__ import annotations

import json

import pytest
from groundwork.task_types import registry
from groundwork.task_types.task_type import UnusableLineError

from tests.formats.jobs import image_job
from tests.unit.worker_page.parsed import SIGNATURE, document

ADJUSTMENT = registry.get("AdjustmentSemanticSegmentation")
JOB = image_job(task_type=ADJUSTMENT.name, label_attribute="adjusted-deck-ref", labels=('deck "A"', "mast", "rope"))
COLORS = {
    "0": {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.8},
    "2": {"class-name": "mast", "hex-color": "#2ca02c", "confidence": 0.8},
    "1": {"class-name": 'deck "A"', "hex-color": "#1f77b4", "confidence": 0.8},
}


def line(colors=COLORS):
    return {
        "source-ref": "s3://harbor-in/pier/001.jpg",
        "deck-ref": "s3://harbor-out/deck/0.png",
        "deck-ref-metadata": {"type": "groundtruth/semantic-segmentation", "internal-color-map": colors},
    }


def test_an_adjustment_begins_with_the_earlier_mask_and_its_colors_without_the_background():
    task_input = ADJUSTMENT.task_input(line(), JOB)
    assert task_input["labels"] == list(JOB.labels)
    assert task_input["auditedLabel"] == {
        "attribute": "deck-ref",
        "src": "s3://harbor-out/deck/0.png",
        "labelMappings": {'deck "A"': {"color": "#1f77b4"}, "mast": {"color": "#2ca02c"}},
    }


@pytest.mark.parametrize(
    ("colors", "says"),
    [
        ({"1": {"class-name": "mast", "confidence": 0.8}}, 'no hex-color for "mast"'),
        ({"1": {"class-name": "hull", "hex-color": "#123456"}}, 'has the label "hull", which the label file'),
        (None, "no internal-color-map"),
    ],
)
def test_a_mask_that_can_not_be_adjusted_fails_its_line(colors, says):
    with pytest.raises(UnusableLineError, match=says):
        ADJUSTMENT.task_input(line(colors), JOB)


def test_an_adjustment_needs_an_earlier_mask():
    with pytest.raises(UnusableLineError, match="no earlier label of type groundtruth/semantic-segmentation"):
        ADJUSTMENT.task_input({"source-ref": "s3://harbor-in/1.jpg"}, JOB)


@pytest.mark.parametrize("name", ["SemanticSegmentation", "AdjustmentSemanticSegmentation", "InstanceSegmentation"])
def test_segmentations_write_references(name):
    task_type = registry.get(name)
    assert task_type.reference_suffix == "required"
    assert task_type.task_time_limit == 3_600


def test_the_page_of_an_adjustment_shows_the_earlier_mask():
    page = document(ADJUSTMENT.default_template, **ADJUSTMENT.task_input(line(), JOB))
    element = "crowd-semantic-segmentation"
    assert page.attribute(element, "src").endswith(f"pier/001.jpg{SIGNATURE}")
    assert json.loads(page.attribute(element, "labels")) == list(JOB.labels)
    initial = page.attribute(element, "initial-value")
    value = initial.replace("src:", '"src":').replace("labelMappings:", '"labelMappings":').replace("'", '"')
    assert json.loads(value) == {
        "src": f"https://harbor-out.s3.eu-central-1.amazonaws.com/deck/0.png{SIGNATURE}",
        "labelMappings": {'deck "A"': {"color": "#1f77b4"}, "mast": {"color": "#2ca02c"}},
    }


@pytest.mark.parametrize("name", ["SemanticSegmentation", "InstanceSegmentation"])
def test_a_new_mask_begins_with_nothing_painted(name):
    task_type = registry.get(name)
    page = document(task_type.default_template, **task_type.task_input({"source-ref": "s3://harbor-in/1.jpg"}, JOB))
    (element,) = [attributes for tag, attributes in page.elements if tag.endswith("-segmentation")]
    assert json.loads(element["labels"]) == list(JOB.labels)
    assert "initial-value" not in element
    assert {"short-instructions", "full-instructions"} <= set(page.tags)
