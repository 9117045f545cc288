"""The preview as an author of templates uses it: the command, its server and Chromium, without any cloud."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from local.digits import sample_digits
from tests.end_to_end.browser import CHROMIUM, FLAGS

ROOT = Path(__file__).parents[2]
TEMPLATE = """<crowd-form>
  <crowd-image-classifier name="digit" header="Which digit?" src="{{ task.input.taskObject | grant_read_access }}"
    categories="{{ task.input.labels | to_json }}"></crowd-image-classifier>
</crowd-form>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A template, its input and a picture beside it; a file that is nobody's business lies one folder up."""
    folder = tmp_path / "task"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "images" / "a.png").write_bytes(sample_digits(1, 3)[0].png)
    (folder / "page.liquid.html").write_text(TEMPLATE)
    (folder / "input.json").write_text(json.dumps({"taskObject": "images/a.png", "labels": ["one", "two"]}))
    return folder


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Start the command; it must end by itself when it is told to."""
    wish = ["--template", str(folder / "page.liquid.html"), "--input", str(folder / "input.json")]
    command = subprocess.Popen(
        [sys.executable, "-m", "local.preview", *wish],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "layers/core/python", "AWS_EC2_METADATA_DISABLED": "true"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    line = command.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", line)
    assert found, line
    yield found.group()
    command.terminate()
    assert command.wait(timeout=10) == 0
    command.stdout.close()


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield browser.new_page()
        browser.close()


def status(address: str) -> int:
    try:
        with urlopen(address) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_a_template_shows_its_picture_and_the_answer_that_would_be_sent(address: str, page: Page, folder: Path):
    page.goto(address)
    task = page.frame_locator("iframe")
    expect(task.locator("groundwork-image img")).to_be_visible()
    assert task.locator("groundwork-image img").evaluate("image => image.naturalWidth") > 0
    assert task.locator("body").evaluate("() => origin") == "null"
    task.get_by_role("radio", name="two").click()
    task.get_by_role("button", name="Submit").click()
    expect(task.locator("#answers-box")).to_be_in_viewport()
    expect(task.locator("#answers-box")).to_have_text('{\n  "digit": {\n    "label": "two"\n  }\n}')

    (folder / "page.liquid.html").write_text("<p>{{ task.input.labels | nope }}</p>")
    page.reload()
    expect(task.get_by_text("line 1: unknown filter 'nope'")).to_be_visible()


def test_only_the_folder_of_the_input_can_be_read_and_only_by_who_knows_the_address(address: str):
    origin = address.split("/", 3)[:3]
    assert status(f"{address}task/images/a.png") == 200
    assert status(f"{address}task/images/b.png") == 404
    assert status(f"{address}task/..%2f..%2fsecret.txt") == 404
    assert status(f"{address}task/..%2fsecret.txt") == 404
    assert status(f"{'/'.join(origin)}/task/images/a.png") == 404
