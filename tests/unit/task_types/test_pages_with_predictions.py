"""The default pages begin with a prediction where the task has one, and are as ever where it has none."""

from __future__ import annotations

import json

import pytest
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json
from groundwork.pre_annotation.records import CheckedLine, first_pass
from groundwork.task_types import registry

from tests.formats.jobs import entity_job, image_job, image_multi_label_job, segmentation_job, shape_job, text_job
from tests.formats.jobs import text_multi_label_job as texts_job
from tests.unit.worker_page.parsed import document, html, signed

NOTE = "A model has begun."
MASK = "s3://harbor-in/masks/1.png"
QUOTED = 'net "drift"'
VERTICES = [{"x": 1, "y": 2}, {"x": 30, "y": 4}]
BOX = {"label": QUOTED, "left": 1, "top": 2, "width": 30, "height": 40}
SPAN = {"label": "Port", "startOffset": 0, "endOffset": 4}


def shapes(name):
    return shape_job(name, labels=("boat", QUOTED))


LISTED = [
    (shapes("BoundingBox"), "crowd-bounding-box", [BOX]),
    (shapes("BoundingBox"), "crowd-bounding-box", []),
    (shapes("Polygon"), "crowd-polygon", [{"label": "boat", "vertices": [*VERTICES, {"x": 5, "y": 60}]}]),
    (shapes("Polyline"), "crowd-polyline", [{"label": "boat", "vertices": VERTICES}]),
    (shapes("Line"), "crowd-line", [{"label": "boat", "vertices": VERTICES}]),
    (shapes("Keypoint"), "crowd-keypoint", [{"label": "boat", "x": 3, "y": 4}]),
    (entity_job(), "crowd-entity-annotation", [SPAN]),
    (image_job(labels=("boat", QUOTED)), "crowd-image-classifier", QUOTED),
    (text_job(labels=("calm", QUOTED)), "crowd-classifier", QUOTED),
    (image_multi_label_job(labels=("boat", QUOTED)), "crowd-image-classifier-multi-select", [QUOTED]),
    (texts_job(), "crowd-classifier-multi-select", ["late", "rain"]),
]


def page_of(job, prediction):
    task_type = registry.get(job.task_type)
    source = {"source": "Port side"} if "source" in task_type.source_keys else {"source-ref": "s3://harbor-in/1.jpg"}
    line = source if prediction is None else {**source, job.prediction_attribute: prediction}
    job = job.model_copy(update={"show_predictions": True})
    record = first_pass(0, b"", job, task_type, lambda _: CheckedLine(line))
    assert record.warning is None
    return task_type.default_template, record.task_input


@pytest.mark.parametrize(("job", "tag", "prediction"), LISTED)
def test_the_page_begins_with_the_prediction_and_says_so(job, tag, prediction):
    source, task_input = page_of(job, prediction)
    assert json.loads(document(source, **task_input).attribute(tag, "initial-value")) == prediction
    assert NOTE in html(source, **task_input)


@pytest.mark.parametrize(
    ("job", "tag", "key", "value"),
    [
        (segmentation_job(), "crowd-semantic-segmentation", "labelMappings", {"deck": {"color": "#2ca02c"}}),
        (
            segmentation_job(task_type="InstanceSegmentation"),
            "crowd-instance-segmentation",
            "instances",
            [{"color": "#2ca02c", "label": "deck"}],
        ),
    ],
)
def test_a_predicted_mask_is_granted_and_may_be_left_away(job, tag, key, value):
    source, task_input = page_of(job, {"src": MASK, key: value})
    given = document(source, **task_input).attribute(tag, "initial-value")
    assert f"src: '{signed(S3Uri.parse(MASK))}'," in given
    assert f"{key}: {compact_json(value).decode()}," in given
    assert "optional: true" in given
    assert NOTE in html(source, **task_input)


MASKS = [segmentation_job(), segmentation_job(task_type="InstanceSegmentation")]


@pytest.mark.parametrize("job", [*(job for job, _, _ in LISTED), *MASKS])
def test_without_a_prediction_the_page_begins_with_nothing(job):
    source, task_input = page_of(job, None)
    page = html(source, **task_input)
    assert "initial-value" not in page
    assert NOTE not in page
