"""SageMaker as far as its jobs leave traces in S3: the answers of a transform job, in the forms the guide documents."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from groundwork.active_learning.sagemaker.prepare_training import prepare_training
from groundwork.active_learning.sagemaker.training_deployment import TrainingDeployment
from groundwork.job.s3_uri import S3Uri

from tests.aws.account import Account
from tests.aws.labeling import Labeling

DEPLOYMENT = TrainingDeployment("groundwork", "eu-west-1", "arn:aws:iam::123456789012:role/groundwork-training")
Model = Callable[[str], Any]
"""What a model says of an image's key or of a text."""


@dataclass
class FakeTrainingService:
    """Looks nothing up, and remembers what was stopped."""

    stopped: list[str] = field(default_factory=list)
    at_work: set[str] = field(default_factory=set)

    def model_data(self, model_arn: str) -> str:
        return f"s3://harbor-in/models/{model_arn.rpartition('/')[2]}/model.tar.gz"

    def inference_image(self, algorithm_arn: str) -> str:
        return "123456789012.dkr.ecr.eu-west-1.amazonaws.com/boats/net:3"

    def stop_training(self, name: str) -> bool:
        return self._stop(name)

    stop_transform = stop_training

    def _stop(self, name: str) -> bool:
        self.stopped.append(name)
        return name in self.at_work


def prepared(labeling: Labeling, number: int, service: FakeTrainingService | None = None) -> dict[str, Any]:
    """State ActiveLearningTraining."""
    return prepare_training(labeling.at(), number, DEPLOYMENT, service or FakeTrainingService())  # type: ignore[arg-type]


def transform(account: Account, request: dict[str, Any], model: Model) -> None:
    """State ActiveLearningTransformPart: read the input as SageMaker does and write an answer for each."""
    source = request["TransformInput"]["DataSource"]["S3DataSource"]
    uri, output = S3Uri.parse(source["S3Uri"]), S3Uri.parse(request["TransformOutput"]["S3OutputPath"])
    if source["S3DataType"] == "ManifestFile":
        prefix, *keys = account.store.read_json(uri)
        assert prefix["prefix"].endswith("/")
        for key in keys:
            if (answer := model(key)) is not None:
                account.put(output.bucket, f"{output.key}/{key}.out", answer)
        return
    for key in account.store.keys(uri):
        lines = [json.loads(line) for line in account.store.read(S3Uri(uri.bucket, key)).splitlines()]
        joined = [{"id": line["id"], "SageMakerOutput": model(line["source"])} for line in lines]
        content = "".join(f"{json.dumps(line)}\n" for line in joined)
        account.put(output.bucket, f"{output.key}{key.removeprefix(uri.key.rstrip('/'))}.out", content.encode())


def probabilities(*numbers: float) -> bytes:
    """An answer of image classification."""
    return json.dumps({"prediction": numbers}).encode()


def boxes(*rows: list[float]) -> bytes:
    """An answer of object detection."""
    return json.dumps({"prediction": rows}).encode()


def mask_record(shares: np.ndarray) -> bytes:
    """An answer of semantic segmentation: shape (classes and background, height, width)."""

    def length(number: int) -> bytes:
        return bytes([number & 0x7F | 0x80, *length(number >> 7)]) if number > 0x7F else bytes([number])

    def part(number: int, content: bytes) -> bytes:
        return length(number << 3 | 2) + length(len(content)) + content

    def feature(name: bytes, kind: int, packed: bytes) -> bytes:
        return part(1, part(1, name) + part(2, part(kind, part(1, packed))))

    shape = b"".join(length(side) for side in (1, *shares.shape))
    payload = feature(b"target", 2, shares.astype("<f4").tobytes()) + feature(b"shape", 7, shape)
    return struct.pack("<II", 0xCED7230A, len(payload)) + payload + bytes(-len(payload) % 4)
