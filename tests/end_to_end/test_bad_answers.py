"""Answers that can't be right, over the wire: each is refused with a sentence, and the task can still be done."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from local.portal_client import PortalError
from tests.end_to_end.cloud import Cloud, Worker, connected
from tests.end_to_end.example_jobs import EXAMPLES, Example, ExampleJob
from tests.end_to_end.kinds import KINDS
from tests.end_to_end.masks import png_data
from tests.end_to_end.people import take
from tests.end_to_end.shown_task import look

Json = Any
Change = Callable[[dict[str, Json]], object]
"""Spoils the widget's part of a good answer."""

INVALID = (400, "invalid_answer")
PEOPLE = 5
TEAM = "default"

SPOILED: dict[str, list[tuple[Change, str]]] = {
    "image-classification": [
        (lambda widget: widget.update(label="whale"), '"nine"'),
        (lambda widget: widget.update(label=3), "No label was chosen"),
    ],
    "text-multi-label": [
        (lambda widget: widget.update(labels=["weather"]), '"room"'),
        (lambda widget: widget.update(labels=[]), "at least one"),
    ],
    "bounding-box": [
        (lambda widget: widget["boundingBoxes"][0].update(left=9_000), "reaches beyond the image"),
        (lambda widget: widget["boundingBoxes"][0].update(width=-5), "less than one pixel"),
        (lambda widget: widget["boundingBoxes"][0].update(label="whale"), "whale"),
        (lambda widget: widget["boundingBoxes"][0].pop("top"), '"top"'),
        (lambda widget: widget.pop("inputImageProperties"), "size of the image"),
    ],
    "polygon": [
        (lambda widget: widget["polygons"][0]["vertices"].clear(), "corners"),
        (lambda widget: widget["polygons"][0]["vertices"][0].update(x=-900), "outside the image"),
    ],
    "named-entity-recognition": [
        (lambda widget: widget["entities"][0].update(endOffset=9_000), "characters"),
        (lambda widget: widget["entities"][0].update(startOffset=-1), "before the text"),
        (lambda widget: widget["entities"][0].update(label="Whale"), "Whale"),
        (lambda widget: widget["entities"][0].update(startOffset="0"), "whole numbers"),
    ],
    "semantic-segmentation": [
        (
            lambda widget: widget["labeledImage"].update(pngImageData=png_data(Image.new("RGBA", (10, 10)))),
            "10 x 10 pixels",
        ),
        (lambda widget: widget["labeledImage"].update(pngImageData="bm8gcGljdHVyZQ=="), "no PNG"),
        (lambda widget: widget["labelMappings"].update(whale={"color": "#000000"}), "whale"),
    ],
}
"""By example: what is done to a good answer, and a part of the sentence that the worker reads."""


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> Iterator[list[Worker]]:
    with connected(deployed.settings):
        yield [deployed.worker(f"stumbler-{number}", TEAM) for number in range(PEOPLE)]


def refused(worker: Worker, job: str, task: Any, answer: Mapping[str, Json]) -> tuple[int, str, str]:
    """Submit an answer and have it refused."""
    with pytest.raises(PortalError) as error:
        worker.client.submit(job, task, answer, seconds=1.0)
    return error.value.status, error.value.code, str(error.value)


@pytest.mark.parametrize("folder", [folder for folder in SPOILED if (EXAMPLES / folder).exists()])
def test_bad_answers_are_refused_with_a_sentence_and_the_task_can_still_be_done(
    cloud: Cloud, people: list[Worker], tmp_path: Path, folder: str
):
    example = Example(EXAMPLES / folder)
    assert example.task_type is not None
    kind = KINDS[example.task_type.name]
    job = ExampleJob.drop(cloud, example, tmp_path, "bad", lines=1)
    worker = people[1]
    task = take(worker, job.name)
    good = dict(kind.answer(look(worker, 1, worker.client.page(task), job.lines, example.labels)))
    (field,) = good

    for change, sentence in SPOILED[folder]:
        spoiled = copy.deepcopy(good)
        change(spoiled[field])
        status, code, message = refused(worker, job.name, task, spoiled)
        assert (status, code) == INVALID, message
        assert sentence in message
    others: list[dict[str, Json]] = [{}, {"comment": "done"}, {field: "done"}, {field: None}, {field: []}]
    for other in others:
        status, code, message = refused(worker, job.name, task, other)
        assert (status, code) == INVALID, message
        assert len(message) > 40
    status, code, message = refused(worker, job.name, task, {**good, "weight": float("nan")})
    assert (status, code) == (400, "invalid_request")
    assert "NaN is no JSON number" in message
    status, code, message = refused(worker, job.name, task, {**good, "note": "x" * 10_000_000})
    assert (status, code) == (413, "too_large")
    assert "5.5 MB" in message
    assert cloud.keys(f"{job.name}/output/{job.name}/.groundwork/answers/") == []

    worker.client.submit(job.name, task, good, seconds=1.0)
    assert job.label(people, kind) == example.people - 1
    for outcome in job.outcomes():
        kind.check(outcome)
