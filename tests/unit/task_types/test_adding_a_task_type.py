"""docs/add-a-task-type.md, done as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from groundwork.job.labeling_job import LabelingJob
from groundwork.pre_annotation.records import CheckedLine, first_pass
from groundwork.task_types import registry
from groundwork.task_types.registry import Registry
from groundwork.task_types.task_type import Answer, AnsweredObject, AnsweredTask, InvalidAnswerError, TaskType

from tests.formats.jobs import NOW, image_job

PAGE = Path(__file__).parents[3] / "docs" / "add-a-task-type.md"


@pytest.fixture
def birds() -> Registry:
    """The registry with the page's type in it."""
    names: dict[str, Any] = {"TASK_TYPES": registry.TASK_TYPES}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        exec(compile(block, str(PAGE), "exec"), names)
    return Registry(names["TASK_TYPES"])


@pytest.fixture
def bird_count(birds: Registry) -> TaskType:
    return birds.get("BirdCount")


@pytest.fixture
def job() -> LabelingJob:
    return image_job(task_type="BirdCount", label_attribute="birds", labels=None)


def test_the_new_type_is_found_by_name_and_by_its_functions(birds, bird_count):
    assert birds.find("BirdCount") is birds.find("BirdCounting") is bird_count
    assert birds.names() == (*registry.names(), "BirdCount")


def test_the_new_type_makes_task_input(bird_count, job):
    line = {"source-ref": "s3://harbor-in/pier/001.jpg"}
    record = first_pass(0, b"", job, bird_count, lambda raw: CheckedLine(line))
    assert record.task_input["taskObject"] == "s3://harbor-in/pier/001.jpg"


def test_the_new_type_refuses_what_its_page_says(bird_count, job):
    bird_count.check_answer({"birds": {"count": 0}}, AnsweredTask(job, dict))
    for answer in ({}, {"birds": 3}, {"birds": {"count": "3"}}, {"birds": {"count": -1}}):
        with pytest.raises(InvalidAnswerError, match="whole number"):
            bird_count.check_answer(answer, AnsweredTask(job, dict))


def test_the_new_type_consolidates(bird_count, job):
    answers = tuple(Answer(f"w{count}", {"birds": {"count": count}}) for count in (3, 4, 90))
    consolidation = bird_count.consolidation
    votes = [(0, answer.worker_id, consolidation.vote(answer.content, job)) for answer in answers]
    (label,) = consolidation.consolidate(
        [AnsweredObject(0, answers, "s3://harbor-out/0.json", missing=1)], consolidation.estimate(votes, job), job, NOW
    )
    assert label.content == {
        "birds": 3 + 1,
        "birds-metadata": {
            "type": "groundwork/bird-count",
            "job-name": "labeling-job/pier-kind",
            "human-annotated": "yes",
            "creation-date": "2026-03-05T10:11:12.123456",
            "answers-missing": 1,
        },
    }


def test_the_page_names_places_that_exist():
    core = PAGE.parents[1] / "layers/core/python"
    named = re.findall(r"groundwork/task_types/(?:task_type\.py|registry\.py|templates)", PAGE.read_text())
    assert len(set(named)) == 3
    assert all((core / place).exists() for place in named)
