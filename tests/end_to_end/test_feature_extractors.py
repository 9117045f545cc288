"""The function that makes features, in the cloud: its layers, its rights, a model file in the jobs bucket."""

from __future__ import annotations

import json
from typing import Any

import boto3
import numpy as np
import pytest
from groundwork.active_learning.feature_extraction.shard_features import ShardFeatures

from tests.end_to_end.cloud import Cloud
from tests.unit.active_learning.onnx_models import channel_means
from tests.unit.active_learning.pictures import plain

LABELS = json.dumps({"document-version": "2018-11-28", "labels": [{"label": "warm"}, {"label": "cold"}]})


def request(task_type: str, extractor: str) -> dict[str, Any]:
    return {
        "Groundwork": {"TaskType": task_type, "AutomatedLabeling": {"FeatureExtractor": extractor}},
        "HumanTaskConfig": {"NumberOfHumanWorkersPerDataObject": 1},
    }


def features(cloud: Cloud, job: str) -> ShardFeatures:
    """Call the function for the first shard, as the state machine does, and read what it wrote."""
    root = f"{job}/output/{job}/.groundwork"
    cloud.wait_until(lambda: cloud.keys(f"{root}/task-input/000000.json"), f"{job} is pre-annotated", seconds=120)
    answer = boto3.client("lambda").invoke(
        FunctionName="groundwork-active_learning_features", Payload=json.dumps({"jobKey": job, "shard": 0}).encode()
    )
    assert json.loads(answer["Payload"].read()) == {"done": True}
    return ShardFeatures.from_bytes(cloud.get(f"{root}/features/000000.npz"))


def drop_images(cloud: Cloud, name: str, extractor: str) -> str:
    job = cloud.job(name)
    files: dict[str, str | bytes] = {
        "labels.json": LABELS,
        "a.png": plain("red"),
        "b.png": b"no image",
        "c.png": plain("blue"),
    }
    lines = [{"source-ref": f"s3://{cloud.bucket}/{job}/{letter}.png"} for letter in "abc"]
    cloud.drop(job, request("ImageMultiClass", extractor), lines, files)
    return job


def test_images_have_features_by_a_model_file_of_the_deployers_own(cloud: Cloud):
    key = "models/means.onnx"
    cloud.put(key, channel_means())
    cloud.put(f"{key}.json", json.dumps({"mean": [0, 0, 0], "std": [1, 1, 1]}))
    found = features(cloud, drop_images(cloud, "by-model", f"s3://{cloud.bucket}/{key}"))
    assert found.extractor.startswith(f"s3://{cloud.bucket}/{key} ")
    assert (found.objects.tolist(), found.unreadable.tolist()) == ([0, 2], [1])
    assert found.features is not None
    assert np.asarray(found.features.matrix).tolist() == [[1, 0, 0], [0, 0, 1]]


def test_images_and_texts_have_features_without_a_model(cloud: Cloud):
    images = features(cloud, drop_images(cloud, "by-shape", "built-in"))
    assert (images.objects.tolist(), images.unreadable.tolist()) == ([0, 2], [1])

    job = cloud.job("by-word")
    lines = [{"source": "a red boat"}, {"source": "a blue boat"}]
    cloud.drop(job, request("TextMultiClass", "built-in"), lines, {"labels.json": LABELS})
    texts = features(cloud, job)
    assert texts.objects.tolist() == [0, 1]
    assert texts.features is not None
    assert texts.features.stored.shape == (2, 2**19)


@pytest.mark.parametrize("extractor", ["bedrock:amazon.titan-embed-image-v1", "s3://somewhere-else/net.onnx"])
def test_what_the_deployment_does_not_list_is_refused(cloud: Cloud, extractor: str):
    job = drop_images(cloud, f"by-stranger-{len(extractor)}", extractor)
    cloud.wait_until(lambda: cloud.keys(f"{job}/error.json"), f"{job} is refused")
    (problem,) = json.loads(cloud.get(f"{job}/error.json"))["problems"]
    assert problem["path"] == "Groundwork.AutomatedLabeling.FeatureExtractor"
    assert "no right" in problem["message"]
