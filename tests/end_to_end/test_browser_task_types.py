"""Tasks of different types done by hand at the real portal in Chromium, down to the output manifest."""

from __future__ import annotations

import io
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from local.workers import invite
from tests.end_to_end.answers import Outcome
from tests.end_to_end.browser import Desk
from tests.end_to_end.canvas import Canvas, double_click_word
from tests.end_to_end.cloud import Cloud
from tests.end_to_end.example_jobs import EXAMPLES, Example, ExampleJob

SLACK = 1.5
"""Pixels of the stored image: it is shown at another size, and a mouse stands on whole pixels of the screen."""
_numbers = count(1)


def human_task(team: str) -> dict[str, Any]:
    arn = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{team}"
    return {"WorkteamArn": arn, "NumberOfHumanWorkersPerDataObject": 1}


def begin(cloud: Cloud, desk: Desk, folder: str, place: Path) -> ExampleJob:
    """Drop the first line of an example, and sit down before its task."""
    name = cloud.job(f"drawer-{next(_numbers)}")
    temporary = invite(cloud.deployment, name, name)
    example = Example(EXAMPLES / folder)
    job = ExampleJob.drop(cloud, example, place, "by-hand", lines=1, changes=human_task(name))
    desk.sign_in(name, temporary)
    desk.start_working(example.request["HumanTaskConfig"]["TaskTitle"])
    desk.read_instructions()
    return job


def finish(cloud: Cloud, desk: Desk, job: ExampleJob) -> Outcome:
    """Submit by the button and wait for what comes of it."""
    desk.task.get_by_role("button", name="Submit").click()
    return outcome(cloud, desk, job)


def outcome(cloud: Cloud, desk: Desk, job: ExampleJob) -> Outcome:
    """Wait for the job's end and read its one line."""
    desk.submitted(1)
    desk.all_done()
    cloud.wait_for(job.name, "Completed")
    (found,) = job.outcomes()
    return found


def size_of(job: ExampleJob) -> tuple[int, int]:
    """Width and height of the image of the job's first line."""
    key = job.lines[0]["source-ref"].removeprefix(f"s3://{job.cloud.bucket}/")
    with Image.open(io.BytesIO(job.cloud.get(key))) as image:
        return image.size


def near(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(abs(one[name] - value) <= SLACK for name, value in other.items())


def test_boxes_are_dragged_with_the_mouse(cloud: Cloud, desk: Desk, tmp_path: Path):
    job = begin(cloud, desk, "bounding-box", tmp_path)
    canvas = Canvas(desk, "crowd-bounding-box", size_of(job))

    canvas.drag((120, 20), (160, 90), (210, 140))
    desk.task.get_by_role("button", name=job.example.labels[1]).first.click()
    canvas.drag((300, 200), (240, 150))
    found = finish(cloud, desk, job)

    assert found.label["image_size"] == [dict(zip(("width", "height"), size_of(job), strict=True), depth=3)]
    first, second = found.label["annotations"]
    assert (first["class_id"], second["class_id"]) == (0, 1)
    assert near(first, {"left": 120, "top": 20, "width": 90, "height": 120})
    assert near(second, {"left": 240, "top": 150, "width": 60, "height": 50})


def test_an_outline_is_clicked_point_by_point_and_closed_at_the_first(cloud: Cloud, desk: Desk, tmp_path: Path):
    job = begin(cloud, desk, "polygon", tmp_path)
    canvas = Canvas(desk, "crowd-polygon", size_of(job))
    corners = [(100.0, 40.0), (220.0, 60.0), (160.0, 180.0)]

    canvas.click(*corners, corners[0])
    found = finish(cloud, desk, job)

    (outline,) = found.label["annotations"]
    assert outline["class_id"] == 0
    assert len(outline["vertices"]) == len(corners)
    for x, y in corners:
        assert any(near(vertex, {"x": x, "y": y}) for vertex in outline["vertices"])


def test_areas_are_painted_with_a_brush(cloud: Cloud, desk: Desk, tmp_path: Path):
    job = begin(cloud, desk, "semantic-segmentation", tmp_path)
    canvas = Canvas(desk, "crowd-semantic-segmentation", size_of(job))
    desk.task_frame.wait_for_function("document.hasFocus()")

    canvas.drag((60, 60), (160, 60), (160, 160))
    desk.page.keyboard.press("2")
    canvas.drag((240, 200), (300, 200))
    found = finish(cloud, desk, job)

    with Image.open(io.BytesIO(found.read(found.label))) as mask:
        assert (mask.format, mask.mode, mask.size) == ("PNG", "P", size_of(job))
        places = [(60, 60), (110, 60), (160, 110), (270, 200), (110, 110), (300, 60)]
        assert [mask.getpixel(place) for place in places] == [1, 1, 1, 2, 0, 0]
    names = [entry["class-name"] for entry in found.metadata["internal-color-map"].values()]
    assert names == ["BACKGROUND", *job.example.labels]


def test_several_labels_are_chosen_and_submitted_by_keyboard(cloud: Cloud, desk: Desk, tmp_path: Path):
    job = begin(cloud, desk, "image-multi-label", tmp_path)
    desk.image_name()
    desk.task_frame.wait_for_function("document.hasFocus()")
    labels = job.example.labels

    for key in ("1", "3", "2", "2"):
        desk.page.keyboard.press(key)
    expect(desk.task.get_by_role("checkbox", name=labels[0])).to_be_checked()
    expect(desk.task.get_by_role("checkbox", name=labels[1])).not_to_be_checked()
    desk.page.keyboard.press("Control+Enter")
    found = outcome(cloud, desk, job)

    assert sorted(found.label) == [0, 2]
    assert found.metadata["class-map"] == {"0": labels[0], "2": labels[2]}


def test_names_are_marked_by_double_clicks(cloud: Cloud, desk: Desk, tmp_path: Path):
    job = begin(cloud, desk, "named-entity-recognition", tmp_path)
    text = job.lines[0]["source"]
    spans = [{"label": "Vessel", "word": "Heron"}, {"label": "Place", "word": "Berth"}]
    expect(desk.task.get_by_role("textbox")).to_contain_text("Heron")

    for span in spans:
        desk.page.keyboard.press(str(job.example.labels.index(span["label"]) + 1))
        start = text.index(span["word"])
        double_click_word(desk, "crowd-entity-annotation", start, start + len(span["word"]))
    found = finish(cloud, desk, job)

    marked = [
        (entity["label"], text[entity["startOffset"] : entity["endOffset"]])
        for entity in found.label["annotations"]["entities"]
    ]
    assert marked == [(span["label"], span["word"]) for span in spans]


MARKUP = "<img src=x onerror=\"document.body.innerHTML=''\"><b>bold</b>{{ 7 | times: 6 }}"
SCRIPT = "<script>document.body.innerHTML=''</script>"


@pytest.mark.parametrize("task_type", ["TextMultiClassMultiLabel", "NamedEntityRecognition"])
def test_markup_in_labels_texts_and_titles_is_shown_as_text(cloud: Cloud, desk: Desk, task_type: str):
    name = cloud.job(f"reader-{next(_numbers)}")
    job = f"{name}-markup"
    text = f"word </classification-target>{SCRIPT}{MARKUP}&lt;"
    title = f"Which? {MARKUP}"
    temporary = invite(cloud.deployment, name, name)
    request = {
        "Groundwork": {"TaskType": task_type},
        "HumanTaskConfig": human_task(name) | {"TaskTitle": title, "TaskDescription": MARKUP},
    }
    label_file: dict[str, Any] = {"labels": [{"label": MARKUP}, {"label": "plain"}]}
    if task_type == "NamedEntityRecognition":
        # Instructions are HTML; only what makes text look like something is kept of it.
        html = f"<h3>Read</h3>{SCRIPT}<img src=x onerror=\"document.body.innerHTML=''\">"
        label_file["instructions"] = {"shortInstruction": html, "fullInstruction": html}
    cloud.drop(job, request, [{"source": text}], {"labels.json": json.dumps(label_file)})

    desk.sign_in(name, temporary)
    desk.start_working(title)
    desk.read_instructions()
    if task_type == "NamedEntityRecognition":
        expect(desk.task.get_by_role("textbox")).to_contain_text(text)
        expect(desk.task.get_by_role("heading", name="Read").first).to_be_visible()
        desk.task.get_by_role("button", name=MARKUP).first.click()
        double_click_word(desk, "crowd-entity-annotation", 0, len("word"))
    else:
        expect(desk.task.get_by_text(text)).to_be_visible()
        desk.task.get_by_role("checkbox", name=MARKUP).check()
    for place in (desk.page.locator("body"), desk.task.locator("body")):
        expect(place.locator("img[src=x]")).to_have_count(0)
    desk.task.get_by_role("button", name="Submit").click()
    desk.submitted(1)
    desk.all_done()
    cloud.wait_for(job, "Completed")

    (line,) = cloud.output_lines(job)
    assert line["source"] == text
    if task_type == "NamedEntityRecognition":
        assert line[job]["annotations"]["entities"] == [{"label": MARKUP, "startOffset": 0, "endOffset": 4}]
    else:
        assert line[f"{job}-metadata"]["class-map"] == {"0": MARKUP}
