"""The quality figures, from the end of a job to the page beside its output manifest."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.aws.export_function import ExportFunction
from groundwork.aws.quality_function import QualityFunction
from groundwork.job.labeling_job import AdaptiveRedundancy
from PIL import Image

from functions import wiring
from tests.aws.account import IN, OUT
from tests.aws.labeling import Labeling, label
from tests.functions.deployment import Deployment, call, event

FOLDER = "Pier-Kind/manifests/output"
ERROR = {"Error": "QualityOverdueError", "Cause": json.dumps({"errorMessage": "the figures take too long"})}


@pytest.fixture
def labeling(deployment: Deployment) -> Labeling:
    """A job of four objects with three answers each; one worker is mistaken about the first two."""
    labeling = deployment.labeling(4, workers_per_object=3)
    labeling.start()

    def choose(item: Any, worker: str) -> dict[str, Any]:
        return label("buoy" if worker == "cy" and item.object_id < 2 else "net")

    labeling.work(("ada", "bo", "cy"), choose)
    labeling.consolidate(labeling.select())
    return labeling


def read(deployment: Deployment, name: str) -> bytes:
    body: bytes = deployment.account.s3.get_object(Bucket=OUT, Key=f"{FOLDER}/{name}")["Body"].read()
    return body


def names(deployment: Deployment) -> set[str]:
    entries = deployment.account.s3.list_objects_v2(Bucket=OUT, Prefix=f"{FOLDER}/").get("Contents", [])
    return {entry["Key"].removeprefix(f"{FOLDER}/") for entry in entries}


def now(deployment: Deployment) -> None:
    """Put the clock right: moto keeps no log event of more than two weeks ago."""
    deployment.clock.moment = datetime.now(UTC).timestamp()


def test_a_job_that_has_ended_gets_figures_a_report_a_log_event_and_metrics(
    deployment: Deployment, labeling: Labeling, capsys: pytest.CaptureFixture[str]
) -> None:
    call("manifest_output", event("manifest_output"))
    before = read(deployment, "output.manifest")
    capsys.readouterr()
    now(deployment)
    assert call("manifest_output/quality", event("manifest_output/quality")) == {}
    assert names(deployment) == {"output.manifest", "quality.json", "report.html"}
    assert read(deployment, "output.manifest") == before
    figures = json.loads(read(deployment, "quality.json"))
    assert figures["status"] == "Completed"
    assert figures["objects"]["labeled"] == 4
    assert figures["answers"] == {"count": 12, "missing": 0, "meanSeconds": 2.5}
    # Answers 10 "net" and 2 "buoy"; two of four objects have 2 of 6 ordered pairs in agreement.
    assert figures["agreement"]["mean"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["agreement"]["alpha"] == pytest.approx(1 - 11 * 4 / 2 / (10 * 2), abs=1e-4)
    assert [worker["workerId"] for worker in figures["workers"]] == ["ada", "bo", "cy"]
    assert [hard["objectId"] for hard in figures["hardest"]][:2] == [0, 1]
    assert b"Pier-Kind" in read(deployment, "report.html")
    assert "QUALITY_WRITTEN" in deployment.account.events("/aws/sagemaker/LabelingJobs", "Pier-Kind")[-1]
    written = capsys.readouterr().out
    for metric in ("AnswerAgreement", "KrippendorffAlpha", "MeanConfidence"):
        assert f'"{metric}"' in written


def test_a_job_with_adaptive_redundancy_tells_the_answers_it_saved(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = AdaptiveRedundancy(min_workers=2, target_confidence=0.85)
    labeling = deployment.labeling(4, workers_per_object=5, adaptive=rule)
    labeling.start()
    words = iter(["net", "net", "net", "buoy", "net", "net", "net", "net", "buoy", "net", "net"])
    labeling.run(("ada", "bo", "cy", "dee", "eve"), lambda item, worker: label(next(words, "net")))
    call("manifest_output", event("manifest_output"))
    capsys.readouterr()
    now(deployment)
    call("manifest_output/quality", event("manifest_output/quality"))
    figures = json.loads(read(deployment, "quality.json"))
    assert (figures["minWorkersPerDataObject"], figures["targetConfidence"]) == (2, 0.85)
    count = sum(1 for _ in deployment.account.store.keys(labeling.at().paths.answers_prefix))
    assert 8 <= count < 20
    answers = {"count": count, "missing": 0, "most": 20, "saved": 20 - count, "meanSeconds": 2.5}
    assert figures["answers"] == answers
    page = read(deployment, "report.html").decode()
    assert "2 to 5 workers a data object" in page
    assert f"answers saved of at most 20 ({(20 - count) / 20:.0%})" in page
    told = deployment.account.events("/aws/sagemaker/LabelingJobs", "Pier-Kind")[-1]
    assert f"{20 - count} saved of at most 20" in told
    assert '"AnswersSaved"' in capsys.readouterr().out


def test_the_same_answers_give_the_same_files_again(deployment: Deployment, labeling: Labeling) -> None:
    call("manifest_output", event("manifest_output"))
    now(deployment)
    call("manifest_output/quality", event("manifest_output/quality"))
    first = read(deployment, "quality.json"), read(deployment, "report.html")
    call("manifest_output/quality", event("manifest_output/quality"))
    assert (read(deployment, "quality.json"), read(deployment, "report.html")) == first


def test_the_hardest_objects_have_thumbnails_where_their_pictures_can_be_read(
    deployment: Deployment, labeling: Labeling
) -> None:
    uri = json.loads(labeling.at().store.read(labeling.at().paths.task_input(0)).splitlines()[1])["dataObject"]["s3Uri"]
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), "red").save(picture, "JPEG")
    deployment.account.put(IN, uri.removeprefix(f"s3://{IN}/"), picture.getvalue())
    call("manifest_output", event("manifest_output"))
    now(deployment)
    call("manifest_output/quality", event("manifest_output/quality"))
    assert read(deployment, "report.html").count(b"data:image/jpeg;base64,") == 1


def test_a_job_nobody_answered_has_no_figures(deployment: Deployment) -> None:
    deployment.labeling(2).start()
    call("manifest_output", event("manifest_output"))
    assert call("manifest_output/quality", event("manifest_output/quality")) == {}
    assert names(deployment) == {"output.manifest"}


def test_figures_that_fail_say_why_and_touch_neither_labels_nor_status(
    deployment: Deployment, labeling: Labeling
) -> None:
    call("manifest_output", event("manifest_output"))
    record = deployment.account.jobs.get("pier-kind")
    now(deployment)
    call("manifest_output/quality", {**event("manifest_output/quality"), "error": ERROR})
    assert names(deployment) == {"output.manifest"}
    assert deployment.account.jobs.get("pier-kind") == record
    told = deployment.account.events("/aws/sagemaker/LabelingJobs", "Pier-Kind")[-1]
    assert "QUALITY_FAILED" in told
    assert "QualityOverdueError: the figures take too long" in told


def test_figures_that_would_outlast_their_function_stop_before(
    deployment: Deployment, labeling: Labeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("manifest_output", event("manifest_output"))
    monkeypatch.setattr("tests.functions.deployment.Context.get_remaining_time_in_millis", lambda self: 59_000)
    with pytest.raises(RuntimeError, match="longer than 15 minutes"):
        call("manifest_output/quality", event("manifest_output/quality"))
    assert names(deployment) == {"output.manifest"}


def test_figures_of_an_execution_that_is_gone_are_started_by_themselves(
    deployment: Deployment, labeling: Labeling, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, Any]] = []

    class Client:
        def invoke(self, **arguments: Any) -> None:
            started.append(arguments)

    monkeypatch.setattr(wiring, "quality_function", lambda: QualityFunction(Client(), "arn:quality"))  # type: ignore[arg-type]
    monkeypatch.setattr(wiring, "export_function", lambda: ExportFunction(Client(), "arn:export"))  # type: ignore[arg-type]
    assert call("failure", event("failure")) == {"recorded": True}
    assert [each["FunctionName"] for each in started] == ["arn:quality"]
    now(deployment)
    call("manifest_output/quality", json.loads(started[0]["Payload"]))
    assert json.loads(read(deployment, "quality.json"))["status"] == "Failed"
    assert call("failure", event("failure")) == {"recorded": False}
    assert len(started) == 1
