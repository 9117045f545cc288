"""Each handler with the event beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from groundwork.task_dispatch.slots import QueuedObject

from tests.aws.account import IN, JOBS
from tests.aws.labeling import Labeling, label, pictures
from tests.functions.deployment import Deployment, call, event

LABELS = {"document-version": "2018-11-28", "labels": [{"label": "boat"}, {"label": "net"}]}
GROUP = "/aws/sagemaker/LabelingJobs"


def drop(deployment: Deployment, request: dict[str, Any], lines: list[bytes]) -> None:
    for name, content in (
        ("job.json", json.dumps(request).encode()),
        ("labels.json", json.dumps(LABELS).encode()),
        ("objects.manifest", b"\n".join(lines)),
    ):
        deployment.account.put(JOBS, f"pier-kind/{name}", content)


def net(item: QueuedObject, worker: str) -> dict[str, Any]:
    return label("net")


def test_a_drop_becomes_a_job_and_its_output_manifest_by_the_handlers_alone(deployment: Deployment) -> None:
    request = {
        "Groundwork": {"TaskType": "ImageMultiClass"},
        "LabelAttributeName": "kind",
        "HumanTaskConfig": {"NumberOfHumanWorkersPerDataObject": 1},
    }
    drop(deployment, request, pictures(3))
    assert call("manifest_ingestion", event("manifest_ingestion"))["outcome"] == "started"
    assert call("manifest_ingestion", event("manifest_ingestion"))["outcome"] == "known"
    assert deployment.machine.started == [("pier-kind", 1, True)]
    assert call("prepare_job", event("prepare_job")) == {"loop": 0, "sound": True}
    selection = call("select_batch", event("select_batch"))
    assert (selection["shards"], selection["finished"]) == ([0], False)
    assert call("pre_annotation", event("pre_annotation")) == {"done": True}
    assert call("task_dispatch", event("task_dispatch")) == {"reason": None}
    for _ in range(3):
        task = deployment.task()
        body = {"token": task["token"], "answer": label("net"), "timeSpentInSeconds": 1}
        assert deployment.portal("POST", f"/jobs/pier-kind/tasks/{task['entry']}/answer", body).status == 200
    assert deployment.machine.woken == [(event("task_dispatch")["token"], "complete")]
    selection = call("select_batch", {"jobKey": "pier-kind", "loop": 1})
    assert (selection["plan"], selection["finished"], selection["batches"]) == ("0001-00001", True, [{"batch": 0}])
    assert call("consolidation/collect", event("consolidation/collect")) == {}
    assert call("consolidation/estimate", event("consolidation/estimate")) == {}
    assert call("consolidation/apply", event("consolidation/apply")) == {}
    assert call("manifest_output", event("manifest_output")) == {}
    record = deployment.account.jobs.get("pier-kind")
    assert (record.status, record.labeled, record.tasks_created) == ("Completed", 3, True)
    key = "pier-kind/output/pier-kind/manifests/output/output.manifest"
    lines = deployment.account.s3.get_object(Bucket=JOBS, Key=key)["Body"].read().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == [1, 1, 1]
    streams = deployment.account.logs.describe_log_streams(logGroupName=f"{GROUP}/pier-kind")["logStreams"]
    assert {stream["logStreamName"] for stream in streams} >= {
        "manifest_ingestion",
        "prepare_job",
        "select_batch",
        "pre_annotation",
        "task_dispatch",
        "consolidation",
        "manifest_output",
    }


def test_a_drop_that_can_not_start_says_why(deployment: Deployment) -> None:
    drop(deployment, {"Groundwork": {"TaskType": "Whales"}}, pictures(1))
    assert call("manifest_ingestion", event("manifest_ingestion"))["outcome"] == "refused"
    errors = json.loads(deployment.account.s3.get_object(Bucket=JOBS, Key="pier-kind/error.json")["Body"].read())
    assert errors["labelingJobName"] == "pier-kind"
    assert errors["problems"]
    assert deployment.machine.started == []


def test_a_manifest_that_is_no_json_fails_the_job_before_anybody_sees_a_task(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    labeling = deployment.labeling()
    uri = labeling.job.manifest.uri.removeprefix(f"s3://{IN}/")
    deployment.account.put(IN, uri, b"{no json\n")
    head = deployment.account.s3.head_object(Bucket=IN, Key=uri)
    manifest = labeling.job.manifest.model_copy(update={"etag": head["ETag"]})
    changed = labeling.job.model_copy(update={"manifest": manifest})
    deployment.account.store.write(labeling.at().paths.job, changed.model_dump_json().encode())
    assert call("prepare_job", event("prepare_job")) == {"loop": 0, "sound": False}
    record = deployment.account.jobs.get("pier-kind")
    assert record.status == "Failed"
    assert "1 problems" in (record.failure_reason or "")
    assert deployment.account.jobs.of_team("harbor") == []
    # The folder is the job's name as it was dropped.
    errors = deployment.account.s3.get_object(Bucket=JOBS, Key="Pier-Kind/error.json")["Body"].read()
    assert json.loads(errors)["problems"][0]["line"] == 1
    assert '"JobsFailed"' in capsys.readouterr().out, "the alarm on failed jobs does not hear of it"


def test_a_job_is_known_to_have_given_out_tasks_even_if_its_first_dispatch_broke_off(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    labeling = deployment.labeling()
    labeling.prepare()
    labeling.annotate(0)

    def broken(*_: Any) -> None:
        raise TimeoutError("throttled")

    with monkeypatch.context() as patch:
        patch.setattr(deployment.schedule, "set", broken)
        with pytest.raises(TimeoutError):
            call("task_dispatch", event("task_dispatch"))
    assert deployment.machine.failed == [(event("task_dispatch")["token"], "TimeoutError", "throttled")]
    assert call("task_dispatch", event("task_dispatch")) == {"reason": None}
    assert deployment.account.jobs.get("pier-kind").tasks_created


def test_stopping_by_a_marker_takes_the_marker_away(deployment: Deployment) -> None:
    labeling = deployment.labeling()
    labeling.start()
    deployment.account.put(JOBS, "pier-kind/stop", b"")
    assert call("stop", event("stop")) == {"stopping": True}
    assert deployment.account.jobs.get("pier-kind").status == "Stopping"
    assert "Contents" not in deployment.account.s3.list_objects_v2(Bucket=JOBS, Prefix="pier-kind/stop")
    assert call("stop", event("stop")) == {"stopping": False}


def test_stopping_by_an_event_names_the_job(deployment: Deployment) -> None:
    deployment.labeling().start()
    asked = event("stop") | {"detail-type": "Stop Labeling Job", "detail": {"LabelingJobName": "Pier-Kind"}}
    assert call("stop", asked) == {"stopping": True}
    asked["detail"]["LabelingJobName"] = "no-such-job"
    assert call("stop", asked) == {"stopping": False}


@pytest.mark.parametrize("reason", ["Stopped", "Completed"])
def test_the_last_stage_repeated_keeps_the_final_status(deployment: Deployment, reason: str) -> None:
    labeling = deployment.labeling()
    labeling.start()
    if reason == "Stopped":
        call("stop", event("stop"))
        labeling.dispatch()
    else:
        labeling.work(("ada",), net)
    for _ in range(2):
        call("manifest_output", event("manifest_output"))
        assert deployment.account.jobs.get("pier-kind").status == reason


def test_only_jobs_whose_execution_is_not_at_work_are_resumed(deployment: Deployment) -> None:
    labeling: Labeling = deployment.labeling()
    labeling.start()
    deployment.machine.at_work.add(("pier-kind", 1))
    assert call("resume", event("resume"))["resumed"] == []
    deployment.machine.at_work.clear()
    assert call("resume", {})["resumed"] == ["Pier-Kind"]
    record = deployment.account.jobs.get("pier-kind")
    assert (record.execution, record.rebuilding) == (2, True)
    assert deployment.machine.started == [("pier-kind", 2, True)]
    call("prepare_job", event("prepare_job") | {"execution": 2})
    assert not deployment.account.jobs.get("pier-kind").rebuilding


def test_a_planned_next_execution_goes_on_without_rebuilding(deployment: Deployment) -> None:
    deployment.labeling().start()
    deployment.machine.at_work.add(("pier-kind", 1))
    assert call("resume", {"jobKey": "pier-kind", "execution": 1})["resumed"] == ["Pier-Kind"]
    assert deployment.machine.started == [("pier-kind", 2, False)]
    assert not deployment.account.jobs.get("pier-kind").rebuilding


def test_an_execution_number_that_is_used_up_is_passed_over_and_recorded(deployment: Deployment) -> None:
    deployment.labeling().start()
    deployment.machine.taken |= {1, 2, 3}
    call("resume", event("resume"))
    assert deployment.account.jobs.get("pier-kind").execution == 4


def test_the_clock_wakes_a_job_when_something_is_due_and_is_set_again(deployment: Deployment) -> None:
    labeling = deployment.labeling(2)
    labeling.start()
    assert call("wake", event("wake")) == {"reason": None}
    labeling.work(("ada",), net, most=1)
    deployment.clock.forward(601)
    assert call("wake", event("wake")) == {"reason": "ready"}
    assert deployment.machine.woken[-1][1] == "ready"
    assert deployment.schedule.moments["pier-kind"] > deployment.clock()


def test_the_clock_of_a_job_that_has_ended_does_nothing(deployment: Deployment) -> None:
    deployment.labeling()
    deployment.account.jobs.change("pier-kind", deployment.clock(), status="Completed")
    assert call("wake", event("wake")) == {"reason": None}
    assert deployment.schedule.moments == {}
