from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from groundwork.task_types import registry
from liquid import Environment

from tests.formats.jobs import shape_job

ELEMENTS = {
    "BoundingBox": ("crowd-bounding-box", "boundingBox"),
    "AdjustmentBoundingBox": ("crowd-bounding-box", "boundingBox"),
    "Polygon": ("crowd-polygon", "crowd-polygon"),
    "Polyline": ("crowd-polyline", "crowd-polyline"),
    "Line": ("crowd-line", "crowd-line"),
    "Keypoint": ("crowd-keypoint", "crowd-keypoint"),
}
LABELS = ("boat", 'net "drift"')
LINE = {
    "source-ref": "s3://harbor-in/pier/001.jpg",
    "boats": {"annotations": [{"class_id": 7, "left": 1, "top": 2, "width": 3, "height": 4}]},
    "boats-metadata": {"type": "groundtruth/object-detection", "class-map": {"7": 'net "drift"'}},
}


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found[tag] = dict(attrs)


def page(name):
    task_type = registry.get(name)
    environment = Environment(autoescape=False)
    environment.filters["to_json"] = json.dumps
    environment.filters["grant_read_access"] = lambda uri: uri.replace("s3://", "https://signed/")
    task_input = task_type.task_input(LINE, shape_job(name, labels=LABELS))
    return Elements(environment.from_string(task_type.default_template).render(task={"input": task_input})).found


@pytest.mark.parametrize("name", ELEMENTS)
def test_the_default_page_shows_the_signed_image_and_all_labels_with_instructions(name):
    tag, answer_key = ELEMENTS[name]
    found = page(name)
    assert found[tag]["src"] == "https://signed/harbor-in/pier/001.jpg"
    assert json.loads(found[tag]["labels"]) == list(LABELS)
    assert found[tag]["name"] == answer_key
    assert {"crowd-form", "short-instructions", "full-instructions"} <= found.keys()
    assert ("initial-value" in found[tag]) == (name == "AdjustmentBoundingBox")


def test_the_page_of_an_adjustment_begins_with_the_earlier_boxes():
    (box,) = json.loads(page("AdjustmentBoundingBox")["crowd-bounding-box"]["initial-value"])
    assert box == {"label": 'net "drift"', "left": 1, "top": 2, "width": 3, "height": 4}


@pytest.mark.parametrize("name", ELEMENTS)
def test_drawing_types_ask_five_people_and_give_them_an_hour(name):
    task_type = registry.get(name)
    assert (task_type.workers_per_object, task_type.task_time_limit) == (5, 3_600)
    assert (task_type.label_count.least, task_type.label_count.most) == (1, 50)


def test_only_the_types_of_ground_truth_write_its_metadata_types():
    types = {name: registry.get(name).metadata_type for name in ELEMENTS}
    assert types == {
        "BoundingBox": "groundtruth/object-detection",
        "AdjustmentBoundingBox": "groundtruth/object-detection",
        "Polygon": "groundwork/polygon",
        "Polyline": "groundwork/polyline",
        "Line": "groundwork/line",
        "Keypoint": "groundwork/keypoint",
    }
