"""Workers at the real portal in Chromium: the portal, its API, the user pool and the worker pages together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import expect

from local.digits import LABELS, sample_digits
from local.workers import invite
from tests.end_to_end.browser import PASSWORD, Desk
from tests.end_to_end.cloud import Cloud

NOTES = """<crowd-form>
  <h1>What does the customer want?</h1>
  <p id="ticket">{{ task.input.source }}</p>
  <crowd-text-area name="summary" label="Summary" rows="4" required></crowd-text-area>
</crowd-form>"""
_numbers = count(1)


@pytest.fixture
def name(cloud: Cloud) -> str:
    """A worker's name, and that of their team: nobody else's jobs are on their list."""
    return cloud.job(f"reader-{next(_numbers)}")


def human_task(team: str, title: str, **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{team}"
    return {"WorkteamArn": arn, "NumberOfHumanWorkersPerDataObject": 1, "TaskTitle": title, **more}


def drop_digits(
    cloud: Cloud, team: str, size: int, broken: frozenset[int] = frozenset()
) -> tuple[str, Mapping[str, str]]:
    """Drop an image job; gives its name and each image's truth by the image's name."""
    job = cloud.job(f"digits-{team}")
    digits = sample_digits(size, 11)
    lines = [{"source-ref": f"s3://{cloud.bucket}/{job}/images/{digit.name}"} for digit in digits]
    files: dict[str, str | bytes] = {
        f"images/{digit.name}": b"cut off" if position in broken else digit.png for position, digit in enumerate(digits)
    }
    files["labels.json"] = json.dumps({"labels": [{"label": label} for label in LABELS]})
    request = {"Groundwork": {"TaskType": "ImageMultiClass"}, "HumanTaskConfig": human_task(team, "Read the digit")}
    cloud.drop(job, request, lines, files)
    return job, {digit.name: digit.truth for digit in digits}


def drop_notes(cloud: Cloud, team: str, size: int) -> str:
    job = cloud.job(f"notes-{team}")
    template = {"UiTemplateS3Uri": f"s3://{cloud.bucket}/{job}/page.liquid.html"}
    request = {"HumanTaskConfig": human_task(team, "Sum up the ticket", UiConfig=template)}
    lines = [{"source": f"ticket {number}"} for number in range(size)]
    cloud.drop(job, request, lines, {"page.liquid.html": NOTES})
    return job


def class_names(cloud: Cloud, job: str) -> list[str]:
    return [line[f"{job}-metadata"]["class-name"] for line in cloud.output_lines(job)]


def test_a_worker_signs_in_for_the_first_time_and_labels_a_job_by_mouse_to_its_end(cloud: Cloud, desk: Desk, name: str):
    temporary = invite(cloud.deployment, name, name)
    job, truth = drop_digits(cloud, name, 4)
    desk.sign_in(name, temporary)
    desk.start_working("Read the digit")
    expect(desk.task.get_by_role("dialog")).to_be_visible()
    desk.page.reload()
    desk.read_instructions()
    desk.page.reload()
    desk.image_name()
    expect(desk.task.get_by_role("dialog")).to_have_count(0)

    for done in range(len(truth)):
        label = truth[desk.image_name()]
        desk.task.get_by_role("radio", name=label).click()
        desk.task.get_by_role("button", name="Submit").click()
        desk.submitted(done + 1)
    desk.all_done()
    cloud.wait_for(job, "Completed")

    assert class_names(cloud, job) == list(truth.values())


def test_a_worker_needs_no_mouse_from_the_sign_in_to_the_last_task(cloud: Cloud, desk: Desk, name: str):
    temporary = invite(cloud.deployment, name, name)
    job, truth = drop_digits(cloud, name, 3)
    cloud.wait_for(job, "InProgress")
    keyboard = desk.page.keyboard

    desk.page.goto(cloud.deployment["PortalUrl"])
    desk.page.get_by_label("Password", exact=True).wait_for()
    keyboard.press("Tab")
    keyboard.type(name)
    keyboard.press("Tab")
    keyboard.type(temporary)
    keyboard.press("Enter")
    expect(desk.page.get_by_label("New password", exact=True)).to_be_focused()
    keyboard.type(PASSWORD)
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    start = desk.page.get_by_role("button", name="Start working")
    start.wait_for()
    for _ in range(10):
        keyboard.press("Tab")
        if start.evaluate("button => button.matches(':focus')"):
            break
    keyboard.press("Enter")
    expect(desk.task.get_by_role("button", name="Start")).to_be_focused()
    keyboard.press("Enter")

    for done in range(len(truth)):
        label = truth[desk.image_name()]
        desk.task_frame.wait_for_function("document.hasFocus()")
        keyboard.press(str((LABELS.index(label) + 1) % 10))
        expect(desk.task.get_by_role("radio", name=label)).to_be_checked()
        keyboard.press("Enter")
        desk.submitted(done + 1)
    desk.all_done()
    keyboard.press("Tab")
    keyboard.press("Enter")
    desk.page.get_by_role("heading", name="Your jobs").wait_for()
    cloud.wait_for(job, "Completed")

    assert class_names(cloud, job) == list(truth.values())


def test_a_task_stopped_in_the_middle_is_resumed_with_its_draft(cloud: Cloud, desk: Desk, name: str):
    temporary = invite(cloud.deployment, name, name)
    drop_notes(cloud, name, 2)
    desk.sign_in(name, temporary)
    desk.start_working("Sum up the ticket")
    summary = desk.task.get_by_label("Summary")
    expect(summary).to_be_visible()
    ticket = desk.task.locator("#ticket").inner_text()
    summary.fill("The parcel never came")

    summary.press("Alt+Shift+S")
    card = desk.card("Sum up the ticket")
    expect(card).to_contain_text("draft kept")
    assert desk.page.evaluate("Object.keys(localStorage)") == []
    card.get_by_role("button", name="Resume").click()
    expect(summary).to_have_value("The parcel never came")
    assert desk.task.locator("#ticket").inner_text() == ticket

    summary.press_sequentially(", says the customer")
    desk.page.wait_for_function("() => JSON.stringify({...localStorage}).includes('says the customer')")
    desk.page.reload()
    expect(summary).to_have_value("The parcel never came, says the customer")
    desk.task.get_by_role("button", name="Submit").click()
    desk.submitted(1)


def test_an_image_that_does_not_load_is_reported_and_fails_with_that_reason(cloud: Cloud, desk: Desk, name: str):
    temporary = invite(cloud.deployment, name, name)
    job, truth = drop_digits(cloud, name, 2, broken=frozenset({1}))
    desk.sign_in(name, temporary)
    desk.start_working("Read the digit")
    desk.read_instructions()
    broken = list(truth)[1]
    loaded_or_failed = desk.task.locator("groundwork-image :is(img, .failed)")
    failed = desk.task.get_by_text("This image could not be loaded")

    for _ in truth:
        expect(loaded_or_failed).to_be_visible()
        if failed.is_visible():
            offer = desk.page.get_by_text("Part of this task does not load")
            offer.wait_for()
            desk.page.keyboard.press("Alt+Shift+R")
            desk.page.get_by_label("What is wrong?").fill("cut off")
            desk.page.get_by_role("button", name="Report and go on").click()
            expect(failed).to_be_hidden()
        else:
            desk.task.get_by_role("radio", name=truth[desk.image_name()]).click()
            desk.task.get_by_role("button", name="Submit").click()
            desk.submitted(1)
    desk.all_done()
    record = cloud.wait_for(job, "Completed")

    good, bad = cloud.output_lines(job)
    assert bad["source-ref"].endswith(broken)
    assert good[f"{job}-metadata"]["class-name"] == next(iter(truth.values()))
    assert "the object does not load: cut off" in bad[f"{job}-metadata"]["failure-reason"]
    assert (record["labeled"], record["failed"]) == (1, 1)


def test_axe_finds_nothing_serious_from_the_sign_in_to_the_end(cloud: Cloud, desk: Desk, name: str):
    temporary = invite(cloud.deployment, name, name)
    drop_digits(cloud, name, 1)
    drop_notes(cloud, name, 1)
    desk.page.goto(cloud.deployment["PortalUrl"])
    desk.page.get_by_label("Password", exact=True).wait_for()
    assert desk.serious_findings(desk.page) == []
    desk.sign_in(name, temporary)

    for title, ready in (("Read the digit", "groundwork-image img"), ("Sum up the ticket", "crowd-text-area")):
        desk.start_working(title)
        expect(desk.task.locator(ready)).to_be_visible()
        if title == "Read the digit":
            assert desk.serious_findings(desk.task_frame) == []
            desk.read_instructions()
        assert desk.serious_findings(desk.page) == []
        assert desk.serious_findings(desk.task_frame) == []
        desk.page.get_by_role("button", name="Report a problem").click()
        assert desk.serious_findings(desk.page) == []
        desk.page.keyboard.press("Escape")
        desk.page.get_by_role("button", name="Stop").click()
        desk.card(title).get_by_role("button", name="Resume").wait_for()
        assert desk.serious_findings(desk.page) == []
