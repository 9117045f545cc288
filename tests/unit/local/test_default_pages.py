"""Pictures of every task type: each has an example that becomes a task of its own template."""

from __future__ import annotations

import json

import pytest
from groundwork.task_types import registry

from local.default_pages import STAND_IN, default_pages, example_input


def test_every_type_with_a_template_of_its_own_renders_with_its_example():
    pages = dict(default_pages())
    assert list(pages) == [each.name for each in registry.TASK_TYPES if each.default_template is not None]
    assert all("crowd-" in html or "<script" in html for html in pages.values())


def test_an_example_gives_its_first_line_and_its_labels():
    page = example_input(registry.get("TextMultiClass"))
    assert "charged twice" in page.task_input["taskObject"]
    assert page.task_input["labels"] == ["billing", "delivery", "defect", "account"]


def test_an_image_that_is_not_there_is_shown_as_the_picture_of_the_test_server():
    assert f'src="{STAND_IN}"' in dict(default_pages())["ImageMultiClass"]


def test_a_type_without_an_example_is_named(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "job.json").write_text(json.dumps({"Groundwork": {"TaskType": "TextMultiClass"}}))
    with pytest.raises(SystemExit, match="ImageMultiClass"):
        example_input(registry.get("ImageMultiClass"), tmp_path)
