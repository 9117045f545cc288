"""Pre-labels, from the manifest to what workers begin with and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import boto3
from playwright.sync_api import expect

from local.workers import invite
from tests.end_to_end.browser import Desk
from tests.end_to_end.canvas import Canvas
from tests.end_to_end.cloud import Cloud
from tests.end_to_end.example_jobs import EXAMPLES, Example, ExampleJob
from tests.end_to_end.people import take, text_on

SLACK = 1.5
"""Pixels of the stored image: a mouse stands on whole pixels of the screen."""


def human_task(team: str) -> dict[str, Any]:
    arn = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{team}"
    return {"WorkteamArn": arn, "NumberOfHumanWorkersPerDataObject": 1}


def test_predicted_boxes_are_shown_corrected_and_submitted(cloud: Cloud, desk: Desk, tmp_path: Path):
    team = cloud.job("corrector")
    temporary = invite(cloud.deployment, team, team)
    example = Example(EXAMPLES / "pre-labels")
    job = ExampleJob.drop(cloud, example, tmp_path, "by-hand", lines=1, changes=human_task(team))
    (line,) = job.lines
    eye, cup = line["things-prediction"]
    desk.sign_in(team, temporary)
    desk.start_working(example.request["HumanTaskConfig"]["TaskTitle"])
    desk.read_instructions()
    canvas = Canvas(desk, "crowd-bounding-box", (384, 255))

    expect(desk.task.get_by_text("A model has begun.")).to_be_visible()
    expect(desk.task.get_by_role("button", name="Delete eye 1")).to_be_visible()
    desk.task.get_by_role("button", name=f"Delete {cup['label']} 2").click()
    desk.page.keyboard.press(str(example.labels.index("eye") + 1))
    canvas.drag((250, 93), (270, 110), (290, 140))
    desk.task.get_by_role("button", name="Submit").click()
    desk.submitted(1)
    desk.all_done()
    cloud.wait_for(job.name, "Completed")
    (found,) = job.outcomes()

    kept, drawn = found.label["annotations"]
    sides = ("left", "top", "width", "height")
    assert [kept[side] for side in sides] == [eye[side] for side in sides]
    assert all(abs(drawn[side] - wanted) <= SLACK for side, wanted in zip(sides, (250, 93, 40, 47), strict=True))
    assert {kept["class_id"], drawn["class_id"]} == {example.labels.index("eye")}


class InitialValues(HTMLParser):
    """The `initial-value` of the widget on a page; None where it begins with nothing."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Any = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        value = dict(attrs).get("initial-value")
        if tag.startswith("crowd-") and value is not None:
            self.found = json.loads(value)


LINES: list[dict[str, Any]] = [
    {"source": "The ferry is late.", "mood-prediction": {"label": "late", "confidence": 0.93}},
    {"source": "A calm night.", "mood-prediction": 0, "mood-prediction-metadata": {"class-name": "calm"}},
    {"source": "No word yet."},
    {"source": "Nobody knows.", "mood-prediction": "stormy"},
]
EXPECTED = {"The ferry is late.": "late", "A calm night.": "calm", "No word yet.": None, "Nobody knows.": None}


def shown(cloud: Cloud, job: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Drop a text job of these lines, and answer it over the wire; gives what each page began with."""
    worker = cloud.worker(job, job)
    request = {
        "LabelAttributeName": "mood",
        "Groundwork": {"TaskType": "TextMultiClass", **settings},
        "HumanTaskConfig": human_task(job),
    }
    labels = {"labels": [{"label": "calm"}, {"label": "late"}]}
    cloud.drop(job, request, LINES, {"labels.json": json.dumps(labels)})
    begun: dict[str, Any] = {}
    for _ in LINES:
        task = take(worker, job)
        page = worker.client.page(task)
        begun[text_on(page)] = InitialValues(page).found
        assert "stormy" not in page
        answer = {"crowd-classifier": {"label": "late", "initialValueModified": True}}
        worker.client.submit(job, task, answer, seconds=1.5)
    cloud.wait_for(job, "Completed")
    output = cloud.output_lines(job)
    assert [line["mood"] for line in output] == [1] * len(LINES)
    for line, before in zip(output, LINES, strict=True):
        assert {name: value for name, value in line.items() if name not in ("mood", "mood-metadata")} == before
    return begun


def warnings(job: str) -> list[str]:
    logs = boto3.client("logs")
    events = logs.get_log_events(
        logGroupName=f"/aws/sagemaker/LabelingJobs/{job}", logStreamName="pre_annotation", startFromHead=True
    )["events"]
    return [warning for event in events for warning in json.loads(event["message"]).get("warnings", [])]


def test_predicted_classes_are_shown_only_where_the_request_says_so(cloud: Cloud):
    asked, unasked = cloud.job("anchored"), cloud.job("unbiased")
    assert shown(cloud, asked, {"ShowPredictions": True}) == EXPECTED
    assert shown(cloud, unasked, {}) == dict.fromkeys(EXPECTED)
    told = ['line 4: "mood-prediction" is passed over: "stormy" is no label of this job.']
    assert warnings(asked) == warnings(unasked) == told
