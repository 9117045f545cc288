"""Exports, from the end of a job to the files beside its output manifest."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.aws.export_function import ExportFunction
from groundwork.aws.quality_function import QualityFunction

from functions import wiring
from tests.aws.account import OUT
from tests.aws.labeling import Labeling, label
from tests.functions.deployment import Deployment, call, event

FOLDER = "Pier-Kind/manifests/output"
ERROR = {"Error": "ExportOverdueError", "Cause": json.dumps({"errorMessage": "the export takes too long"})}


@pytest.fixture
def labeling(deployment: Deployment) -> Labeling:
    """A job with exports, of whose four objects three are labeled."""
    labeling = deployment.labeling(4, exports=("csv", "huggingface"))
    labeling.start()
    labeling.work(("ada",), lambda item, worker: label("net"), most=3)
    deployment.clock.forward(601)
    labeling.consolidate(labeling.select())
    return labeling


def files(deployment: Deployment) -> dict[str, Any]:
    """What lies below the folder of the output manifest."""
    s3 = deployment.account.s3
    keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=OUT, Prefix=f"{FOLDER}/")["Contents"]]
    return {key.removeprefix(f"{FOLDER}/"): s3.get_object(Bucket=OUT, Key=key)["Body"].read() for key in keys}


def now(deployment: Deployment) -> None:
    """Put the clock right: moto keeps no log event of more than two weeks ago."""
    deployment.clock.moment = datetime.now(UTC).timestamp()


def test_the_end_of_a_job_names_its_exports_and_each_is_written(deployment: Deployment, labeling: Labeling) -> None:
    assert call("manifest_output", {"jobKey": "pier-kind", "finished": False}) == {}
    assert call("manifest_output", event("manifest_output")) == {"exports": ["csv", "huggingface"]}
    manifest = files(deployment)["output.manifest"]
    now(deployment)
    for name in ("csv", "huggingface"):
        assert call("manifest_output/export", {"jobKey": "pier-kind", "format": name}) == {}
    found = files(deployment)
    assert set(found) == {
        "output.manifest",
        "csv/labels.csv",
        "csv/export.json",
        "huggingface/data.ndjson",
        "huggingface/README.md",
        "huggingface/export.json",
    }
    assert found["output.manifest"] == manifest
    rows = list(csv.DictReader(io.StringIO(found["csv/labels.csv"].decode(), newline="")))
    assert [row["class_name"] for row in rows] == ["net"] * 3
    assert json.loads(found["csv/export.json"]) == {
        "labelingJobName": "Pier-Kind",
        "taskType": "ImageMultiClass",
        "format": "csv",
        "objects": 4,
        "exported": 3,
        "leftOut": {"unlabeled": 1},
    }
    events = deployment.account.events("/aws/sagemaker/LabelingJobs/Pier-Kind", "manifest_output")
    assert sum("EXPORT_WRITTEN" in message for message in events) == 2


def test_a_job_without_a_label_or_without_a_wish_has_no_exports(deployment: Deployment) -> None:
    deployment.labeling(2, exports=("csv",)).start()
    assert call("manifest_output", event("manifest_output")) == {}


def test_a_job_that_fails_still_has_its_exports_written(deployment: Deployment, labeling: Labeling) -> None:
    answer = call("failure", {"jobKey": "pier-kind", "error": {"Error": "Lambda.Unknown", "Cause": "boom"}})
    assert answer == {"recorded": True, "exports": ["csv", "huggingface"]}
    call("manifest_output/export", event("manifest_output/export"))
    assert "csv/labels.csv" in files(deployment)
    assert deployment.account.jobs.get("pier-kind").status == "Failed"


def test_exports_of_an_execution_that_is_gone_are_started_by_themselves(
    deployment: Deployment, labeling: Labeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, Any]] = []

    class Client:
        def invoke(self, **arguments: Any) -> None:
            started.append(arguments)

    class Idle:
        def invoke(self, **arguments: Any) -> None:
            pass

    monkeypatch.setattr(wiring, "quality_function", lambda: QualityFunction(Idle(), "arn:quality"))  # type: ignore[arg-type]
    monkeypatch.setattr(wiring, "export_function", lambda: ExportFunction(Client(), "arn:export"))  # type: ignore[arg-type]
    assert call("failure", event("failure")) == {"recorded": True}
    assert [json.loads(each["Payload"])["format"] for each in started] == ["csv", "huggingface"]
    assert {each["InvocationType"] for each in started} == {"Event"}
    call("manifest_output/export", json.loads(started[0]["Payload"]))
    assert "csv/export.json" in files(deployment)
    assert call("failure", event("failure")) == {"recorded": False}
    assert len(started) == 2


def test_an_export_that_fails_says_why_and_touches_neither_labels_nor_status(
    deployment: Deployment, labeling: Labeling
) -> None:
    call("manifest_output", event("manifest_output"))
    before, record = files(deployment), deployment.account.jobs.get("pier-kind")
    now(deployment)
    call("manifest_output/export", {**event("manifest_output/export"), "error": ERROR})
    found = files(deployment)
    assert json.loads(found.pop("csv/error.json")) == {
        "labelingJobName": "Pier-Kind",
        "taskType": "ImageMultiClass",
        "format": "csv",
        "error": "ExportOverdueError: the export takes too long",
    }
    assert found == before
    assert deployment.account.jobs.get("pier-kind") == record
    assert "EXPORT_FAILED" in deployment.account.events("/aws/sagemaker/LabelingJobs", "Pier-Kind")[-1]


def test_an_export_that_would_outlast_its_function_stops_before(
    deployment: Deployment, labeling: Labeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("manifest_output", event("manifest_output"))
    monkeypatch.setattr("tests.functions.deployment.Context.get_remaining_time_in_millis", lambda self: 59_000)
    with pytest.raises(RuntimeError, match="longer than 15 minutes"):
        call("manifest_output/export", event("manifest_output/export"))
    assert "csv/export.json" not in files(deployment)
