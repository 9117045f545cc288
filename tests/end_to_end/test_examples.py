"""Every example from `make drop` to its output manifest, labeled by people who don't quite agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from groundwork.task_types import registry

from tests.end_to_end.cloud import Cloud, Worker, connected
from tests.end_to_end.example_jobs import Example, ExampleJob, examples
from tests.end_to_end.kinds import KINDS

WITHOUT_EXAMPLE = frozenset({"Custom", "PassThrough"})
TEAM = "default"
"""The work team of jobs that name none, as examples are."""
PEOPLE = 5
LINES = 3
JOBS_AT_A_TIME = 3
CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")
JOBS = [example for example in examples() if example.task_type is not None]


@pytest.fixture(scope="module")
def labeled(
    deployed: Cloud, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[tuple[ExampleJob, int]]]]:
    """Drop every example that is tested, then label several of them at a time; gives the answers' number by folder."""
    names = {item.callspec.id for item in request.session.items if getattr(item, "callspec", None)}  # type: ignore[attr-defined]
    with connected(deployed.settings), ThreadPoolExecutor(JOBS_AT_A_TIME) as pool:
        people = [deployed.worker(f"labeler-{number}", TEAM) for number in range(PEOPLE)]
        jobs = [
            ExampleJob.drop(deployed, example, tmp_path_factory.mktemp("example"), "example", lines=LINES)
            for example in JOBS
            if example.folder.name in names
        ]
        yield {job.example.folder.name: pool.submit(label, deployed, job, people) for job in jobs}


def label(cloud: Cloud, job: ExampleJob, people: list[Worker]) -> tuple[ExampleJob, int]:
    """Label one job; several jobs at a time need connections of their own."""
    task_type = job.example.task_type
    assert task_type is not None
    crew = [Worker(each.name, each.password, cloud.sign_in_again(each)) for each in people[: job.example.people]]
    return job, job.label(crew, KINDS[task_type.name])


def test_every_task_type_has_an_example_and_is_answered():
    named = {task_type.name for task_type in registry.TASK_TYPES} - WITHOUT_EXAMPLE
    assert {example.task_type.name for example in JOBS if example.task_type} == named
    assert named <= set(KINDS)


@pytest.mark.parametrize("example", JOBS, ids=lambda example: example.folder.name)
def test_an_example_is_labeled_from_its_drop_to_its_output(
    labeled: dict[str, Future[tuple[ExampleJob, int]]], example: Example
):
    job, answers = labeled[example.folder.name].result()
    outcomes = job.outcomes()

    assert example.task_type is not None
    assert answers == len(outcomes) * example.people
    for outcome in outcomes:
        assert outcome.metadata["type"] == example.task_type.metadata_type
        assert outcome.metadata["job-name"] == f"labeling-job/{job.name}"
        assert outcome.metadata["human-annotated"] == "yes"
        assert CREATED.fullmatch(outcome.metadata["creation-date"])
        KINDS[example.task_type.name].check(outcome)
