"""The functions of training in SageMaker, as the state machine and a stop call them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.active_learning.sagemaker.names import job_names
from groundwork.active_learning.sagemaker.predictions import AskedObject, AskedShard
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths

from functions import wiring
from functions.job_event import StateError
from tests.aws.labeling import Labeling
from tests.aws.transform_answers import FakeTrainingService
from tests.formats.jobs import NOW
from tests.functions.deployment import Deployment, call, event
from tests.unit.active_learning.sagemaker.automated_jobs import automated_job


@pytest.fixture
def service(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> FakeTrainingService:
    fake = FakeTrainingService()
    monkeypatch.setattr(wiring, "training_service", lambda: fake)
    monkeypatch.setenv("SAGEMAKER", "true")
    monkeypatch.setenv("TRAINING_ROLE_ARN", "arn:aws:iam::123456789012:role/groundwork-training")
    wiring.environment.cache_clear()
    return fake


def begun(deployment: Deployment) -> Labeling:
    labeling = deployment.labeling(automation=automated_job("image-classification").automation)
    labeling.prepare()
    labeling.annotate(0)
    return labeling


def test_training_says_when_it_is_not_ready(deployment: Deployment, service: FakeTrainingService) -> None:
    begun(deployment)
    assert call("active_learning/training", event("active_learning/training") | {"round": 0}) == {"ready": False}
    assert call("active_learning/training", event("active_learning/training")) == {"ready": False}


def test_a_transform_job_that_failed_is_told_in_the_jobs_log(
    deployment: Deployment, service: FakeTrainingService
) -> None:
    begun(deployment)
    # moto keeps no log event of more than two weeks ago.
    deployment.clock.moment = datetime.now(UTC).timestamp()
    cause = json.dumps({"TransformJobStatus": "Failed", "FailureReason": "ClientError: no such image"})
    failed = event("active_learning/training") | {"error": {"Error": "States.TaskFailed", "Cause": cause}}
    assert call("active_learning/training", failed) == {}
    logged = deployment.account.events("/aws/sagemaker/LabelingJobs/Pier-Kind", "active_learning")
    assert "ClientError: no such image" in logged[-1]


def test_predictions_of_a_shard_are_written(deployment: Deployment, service: FakeTrainingService) -> None:
    labeling = begun(deployment)
    paths = TrainingPaths.of(labeling.job, 1)
    asked = AskedShard(objects=(AskedObject(object_id=0, source="s3://harbor-in/pier/000.jpg", part="0"),))
    store = deployment.account.store
    store.write(paths.asked(0), asked.model_dump_json(by_alias=True).encode())
    assert call("active_learning/predictions", event("active_learning/predictions")) == {}
    assert store.read(paths.predictions(0)) == b""
    store.write(paths.inference_output("0").child("pier/000.jpg.out"), b'{"prediction":[0.1,0.2,0.7]}')
    call("active_learning/predictions", event("active_learning/predictions"))
    assert json.loads(store.read(paths.predictions(0))) == {"object": 0, "value": 2, "confidence": 0.7}


def test_a_stop_ends_what_runs_at_sagemaker(deployment: Deployment, service: FakeTrainingService) -> None:
    labeling = begun(deployment)
    names = job_names("groundwork", labeling.job, 1, 1, NOW)
    document: Any = names.model_dump(mode="json")
    deployment.account.store.write_json(TrainingPaths.of(labeling.job, 1).jobs, document)
    service.at_work = {names.training_job}
    assert call("stop", event("stop")) == {"stopping": True}
    assert service.stopped == [names.training_job, *names.transform_jobs]


@pytest.mark.parametrize(
    ("cause", "message"),
    [
        ('{"errorMessage": "no such job", "errorType": "LookupError"}', "no such job"),
        ('{"TrainingJobStatus": "Failed", "FailureReason": "ClientError: 1 class"}', "ClientError: 1 class"),
        ('{"TrainingJobStatus": "Stopped"}', '{"TrainingJobStatus": "Stopped"}'),
        ("no JSON", "no JSON"),
        ("[1]", "[1]"),
    ],
)
def test_what_a_state_says_of_its_error_is_found(cause: str, message: str) -> None:
    assert StateError.model_validate({"Error": "States.TaskFailed", "Cause": cause}).message == message
