"""One round whose model SageMaker trains, with a stand-in for its jobs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from groundwork.active_learning.candidates import read_candidates
from groundwork.active_learning.label_shard import label_shard
from groundwork.active_learning.learn import learn
from groundwork.active_learning.learning_round import LearningRound, labels_name
from groundwork.active_learning.sagemaker.decide import decide
from groundwork.active_learning.sagemaker.predict_shard import predict_shard
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Algorithm, AutomatedLabeling, LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_output.outcomes import Labeled, write_outcome
from groundwork.select_batch.selected_batch import SelectedBatch
from PIL import Image

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.aws.transform_answers import (
    FakeTrainingService,
    Model,
    prepared,
    probabilities,
    transform,
)
from tests.unit.active_learning.sagemaker.automated_jobs import automated_job

OBJECTS, ASKED = 300, 160
SIZE = (40, 20)


def job_of(algorithm: Algorithm, **changes: Any) -> LabelingJob:
    """A job with so low a target that a model pays on a small data set."""
    job = automated_job(algorithm, **{"workers_per_object": 1, "max_concurrent": 60, **changes})
    assert job.automation is not None
    automation = AutomatedLabeling(**{**job.automation.model_dump(), "target": 0.6})
    return job.model_copy(update={"automation": automation})


@dataclass
class Learned:
    """A round of a job whose first objects people have labeled; `asked` are its requests."""

    labeling: Labeling
    asked: dict[str, Any]
    labels: dict[int, dict[str, Any]]
    learned: LearningRound

    @property
    def at(self) -> JobAtHand:
        return self.labeling.at()


def labeled(
    account: Account, clock: Clock, job: LabelingJob, lines: list[bytes], content: Callable[[int], dict[str, Any]]
) -> Labeling:
    """Put a job where round 0 has drawn its sample and people have labeled it."""
    labeling = Labeling.begin(account, clock, job, lines, decide=decide)
    labeling.prepare()
    for shard in range(labeling.window().shards):
        labeling.annotate(shard)
    at = labeling.at()
    sample = sorted(read_candidates(at), key=lambda item: item.object_id * 37 % len(lines))[:ASKED]
    batch = SelectedBatch(objects=tuple(item.selected(random=True) for item in sample))
    account.store.write_json(at.paths.selected(0), batch.model_dump(mode="json"))
    first = LearningRound(number=0, over=False, people=ASKED, batch=0)
    account.store.write_json(at.paths.learning_round(0), first.model_dump(mode="json"))
    outcomes = [write_outcome(item.object_id, Labeled(content(item.object_id))) for item in sample]
    account.store.write(at.paths.labels(0, "0001-00001", 0), b"".join(outcomes))
    return labeling


def learned(account: Account, labeling: Labeling, model: Model, service: FakeTrainingService | None = None) -> Learned:
    """All states of round 1, with SageMaker's jobs in between."""
    asked = prepared(labeling, 1, service)
    assert asked["ready"]
    for request in asked["transforms"]:
        transform(account, request, model)
    for shard in asked["shards"]:
        predict_shard(labeling.at(), 1, shard)
    outcome = learn(labeling.at(), 1, decide)
    contents: dict[int, dict[str, Any]] = {}
    for shard in outcome.labeled_shards:
        label_shard(labeling.at(), 1, shard)
        for line in account.store.read(labeling.at().paths.labels(shard, labels_name(1), 0)).splitlines():
            found = json.loads(line)
            contents[found["object"]] = found["content"]
    return Learned(labeling, asked, contents, outcome)


def image(mode: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", SIZE, (90, 120, 150)).save(file, mode)
    return file.getvalue()


def with_images(account: Account, count: int = OBJECTS) -> list[bytes]:
    content = image()
    for number in range(count):
        account.put("harbor-in", f"pier/{number:03d}.jpg", content)
    return pictures(count)


def kind(number: int) -> int:
    return number % 3


def number_of(key: str) -> int:
    return int(key.rpartition("/")[2].removesuffix(".jpg"))


def image_model(key: str) -> bytes:
    """Right about every image but each tenth, of which it is unsure."""
    number = number_of(key)
    sure = 0.5 if number % 10 == 0 else 0.97
    rest = (1 - sure) / 2
    return probabilities(*(sure if place == kind(number) else rest for place in range(3)))


def image_label(number: int) -> dict[str, Any]:
    return {"kind": kind(number), "kind-metadata": {"confidence": 0, "human-annotated": "yes"}}


def images(account: Account, clock: Clock, job: LabelingJob | None = None) -> Labeling:
    return labeled(account, clock, job or job_of("image-classification"), pictures(OBJECTS), image_label)


def channels(account: Account, asked: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    uris = {
        channel["ChannelName"]: S3Uri.parse(channel["DataSource"]["S3DataSource"]["S3Uri"])
        for channel in asked["training"]["InputDataConfig"]
    }
    return {name: [json.loads(line) for line in account.store.read(uri).splitlines()] for name, uri in uris.items()}
