"""The function that makes features, with the event beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from groundwork.active_learning.feature_extraction.feature_shard import read_features
from groundwork.active_learning.feature_extraction.onnx_features import OnnxFeatures
from groundwork.aws.bedrock_model import BACKOFF_SECONDS
from groundwork.aws.job_log import JobLog
from groundwork.job.labeling_job import AutomatedLabeling
from groundwork.job.s3_uri import S3Uri

from functions import wiring
from functions.active_learning.features import handler
from tests.aws.account import IN
from tests.aws.labeling import Labeling
from tests.functions.deployment import Context, Deployment, call, event
from tests.unit.active_learning.onnx_models import channel_means
from tests.unit.active_learning.pictures import plain

FOLDER = "active_learning/features"
MODEL = S3Uri(IN, "models/harbor.onnx")


def labeling_with(deployment: Deployment, extractor: str | None, contents: list[bytes]) -> Labeling:
    automation = AutomatedLabeling(
        algorithm="image-classification", trainer="embedded", target=0.95, feature_extractor=extractor
    )
    labeling = deployment.labeling(len(contents), automation=automation)
    labeling.prepare()
    labeling.annotate(0)
    lines = deployment.account.store.read(labeling.at().paths.task_input(0)).splitlines()
    for line, content in zip(lines, contents, strict=True):
        uri = S3Uri.parse(json.loads(line)["dataObject"]["s3Uri"])
        deployment.account.put(uri.bucket, uri.key, content)
    return labeling


def test_a_shard_gets_features_and_the_log_names_what_has_none(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(JobLog, "_write", lambda self, group, stream, moment, text: said.append(json.loads(text)))
    labeling = labeling_with(deployment, None, [plain("red"), b"no image", plain("blue")])
    assert call(FOLDER, event(FOLDER)) == {"done": True}
    objects, features = read_features(labeling.at())
    assert (objects, features.size) == ([0, 2], 2)
    (line,) = [each for each in said if each["event-name"].startswith("SHARD_FEATURES")]
    assert (line["event-name"], line["extracted"], line["unreadable"]) == ("SHARD_FEATURES", 2, 1)
    assert "not a readable image" in line["reasons"]["1"]


def test_without_time_nothing_is_begun(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    labeling_with(deployment, None, [plain("red")])
    monkeypatch.setattr(Context, "get_remaining_time_in_millis", lambda _: 1_000 * handler.RESERVE_SECONDS)
    assert call(FOLDER, event(FOLDER)) == {"done": False}


def test_a_model_is_loaded_once_until_its_file_changes(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    make = OnnxFeatures.__init__

    def counted(self: OnnxFeatures, name: str, *arguments: object) -> None:
        loaded.append(name)
        make(self, name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(OnnxFeatures, "__init__", counted)
    handler._model.cache_clear()
    deployment.account.put(MODEL.bucket, MODEL.key, channel_means())
    labeling = labeling_with(deployment, str(MODEL), [plain("red"), plain("blue")])
    paths = labeling.at().paths
    for _ in range(2):
        assert call(FOLDER, event(FOLDER)) == {"done": True}
        deployment.account.store.delete(paths.features(0))
    assert loaded == [str(MODEL)]
    deployment.account.put(MODEL.bucket, MODEL.key, channel_means(maps=True))
    assert call(FOLDER, event(FOLDER)) == {"done": True}
    assert loaded == [str(MODEL)] * 2


def test_a_drop_may_name_what_the_deployment_lists(monkeypatch: pytest.MonkeyPatch, deployment: Deployment) -> None:
    monkeypatch.setenv("FEATURE_EXTRACTORS", json.dumps([str(MODEL)]))
    monkeypatch.setenv("BEDROCK_MODELS", json.dumps(["amazon.titan-embed-image-v1"]))
    wiring.environment.cache_clear()
    context = wiring.drop_context()
    assert context.feature_extractors == (str(MODEL),)
    assert context.bedrock_models == ("amazon.titan-embed-image-v1",)
    wiring.environment.cache_clear()


def test_bedrock_is_reached_without_retries_of_the_client(deployment: Deployment) -> None:
    config: Any = wiring.bedrock_model(0)._client.meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.read_timeout + BACKOFF_SECONDS[-1] < handler.RESERVE_SECONDS
