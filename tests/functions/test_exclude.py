"""Leaving out workers: what they said is kept and no longer counts, and nobody is asked again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.job.labeling_job import AnnotationFunctions
from groundwork.manifest_output.failure import ALL_EXCLUDED, FAILURE_REASON

from tests.aws.labeling import Labeling, label
from tests.functions.deployment import Deployment, call

WORKERS = ("ada", "bo", "cy")
WRONG = {"bo", "cy"}


def choose(item: Any, worker: str) -> dict[str, Any]:
    return label("boat" if worker in WRONG else "net")


@pytest.fixture
def labeling(deployment: Deployment) -> Labeling:
    """A job that is Completed: two of three workers said the wrong of four objects."""
    labeling = deployment.labeling(4, workers_per_object=3, max_concurrent=2)
    labeling.start()
    labeling.run(WORKERS, choose)
    # moto keeps no log event of more than two weeks ago.
    deployment.clock.moment = datetime.now(UTC).timestamp()
    return labeling


def exclude(*workers: str) -> dict[str, Any]:
    answer: dict[str, Any] = call("exclude", {"jobKey": "pier-kind", "workers": list(workers)})
    return answer


def go_through_the_last_round(labeling: Labeling) -> None:
    """What the new execution does: it is not told to rebuild, and asks nobody."""
    labeling.machine.at_work.clear()
    labeling.prepare()
    selection = labeling.select()
    assert selection.finished
    labeling.consolidate(selection)
    call("manifest_output", {"jobKey": "pier-kind", "finished": True})
    call("manifest_output/quality", {"jobKey": "pier-kind"})


def labels(labeling: Labeling) -> list[int | None]:
    return [line.get("kind") for line in labeling.output()]


def test_a_job_that_has_ended_is_labeled_anew_without_the_workers(
    deployment: Deployment, labeling: Labeling, capsys: pytest.CaptureFixture[str]
) -> None:
    assert labels(labeling) == [0] * 4
    asked = set(deployment.account.store.keys(labeling.at().paths.answers_prefix))
    assert exclude("cy", "bo") == {"excluded": True, "again": True}
    assert deployment.machine.started == [("pier-kind", 2, False)]
    assert deployment.account.jobs.get("pier-kind").execution == 2
    capsys.readouterr()
    go_through_the_last_round(labeling)
    assert "JobsSucceeded" not in capsys.readouterr().out, "the job has ended once"
    assert labels(labeling) == [2] * 4
    assert [line["kind-metadata"]["answers-missing"] for line in labeling.output()] == [2] * 4
    record = deployment.account.jobs.get("pier-kind")
    assert (record.status, record.labeled, record.short) == ("Completed", 4, 4)
    figures = json.loads(deployment.account.store.read(labeling.at().paths.quality))
    assert figures["excludedWorkers"] == ["bo", "cy"]
    assert [worker["workerId"] for worker in figures["workers"]] == ["ada"]
    assert set(deployment.account.store.keys(labeling.at().paths.answers_prefix)) == asked
    told = deployment.account.events("/aws/sagemaker/LabelingJobs", "Pier-Kind")
    assert any("WORKERS_EXCLUDED" in message for message in told)


def test_taking_everybody_in_again_gives_the_labels_there_were(deployment: Deployment, labeling: Labeling) -> None:
    def given() -> list[tuple[int, float]]:
        return [(line["kind"], line["kind-metadata"]["confidence"]) for line in labeling.output()]

    before = given()
    exclude("bo", "cy")
    go_through_the_last_round(labeling)
    assert given() != before
    exclude()
    go_through_the_last_round(labeling)
    assert given() == before
    assert deployment.account.jobs.get("pier-kind").short == 0


def test_an_object_of_which_all_workers_are_left_out_fails_with_that_reason(labeling: Labeling) -> None:
    exclude(*WORKERS)
    go_through_the_last_round(labeling)
    for line in labeling.output():
        assert "kind" not in line
        assert line["kind-metadata"][FAILURE_REASON] == ALL_EXCLUDED


def test_a_job_that_runs_takes_note_and_starts_nothing(deployment: Deployment) -> None:
    deployment.clock.moment = datetime.now(UTC).timestamp()
    labeling = deployment.labeling(4, workers_per_object=3)
    labeling.start()
    assert exclude("bo", "cy") == {"excluded": True, "again": False}
    assert deployment.account.jobs.get("pier-kind").execution == 1
    labeling.run(WORKERS, choose)
    assert labels(labeling) == [2] * 4


def test_what_can_not_be_consolidated_again_is_refused_with_the_reason(deployment: Deployment) -> None:
    assert exclude("bo") == {"excluded": False, "reason": "there is no such job"}
    labeling = deployment.labeling(1)
    labeling.start()
    call("failure", {"jobKey": "pier-kind", "error": {"Error": "E", "Cause": "boom"}})
    assert "failed" in exclude("bo")["reason"]
    assert deployment.account.store.find_json(labeling.at().paths.excluded_workers) is None


def test_a_job_of_the_customers_own_function_is_refused(deployment: Deployment) -> None:
    function = "arn:aws:lambda:us-east-1:123456789012:function:harbor-post"
    deployment.labeling(1, functions=AnnotationFunctions(post=function)).start()
    assert "function of the customer" in exclude("bo")["reason"]


def test_a_job_whose_execution_is_still_at_work_is_refused(
    deployment: Deployment, labeling: Labeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deployment.machine, "running", lambda key, number: True)
    assert "still at work" in exclude("bo")["reason"]
