"""The stage before a model of SageMaker: what it learns from, what it is asked about, and the requests for both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwork.active_learning.candidates import Candidate, Known
from groundwork.active_learning.learn import Situation, situation_of
from groundwork.active_learning.learning_round import rounds
from groundwork.active_learning.sagemaker.containers import built_in_image
from groundwork.active_learning.sagemaker.held_out import (
    is_containers_own,
    is_held_out,
    least_held_out,
    least_trained,
)
from groundwork.active_learning.sagemaker.hyper_parameters import TrainingSet, hyper_parameters
from groundwork.active_learning.sagemaker.inference_input import (
    TEXTS,
    image_lists,
    image_parts,
    text_file,
    text_lines,
)
from groundwork.active_learning.sagemaker.names import job_names
from groundwork.active_learning.sagemaker.predictions import AskedObject, AskedShard
from groundwork.active_learning.sagemaker.requests import (
    CONTINUES_TRAINING,
    TRAIN,
    VALIDATION,
    Containers,
    RoundRequests,
)
from groundwork.active_learning.sagemaker.training_deployment import TrainingDeployment
from groundwork.active_learning.sagemaker.training_lines import (
    TRAINING_LINES,
    HumanLabel,
    Line,
    box_count,
    is_jpeg,
    tokens,
)
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Algorithm, LabelingJob, TrainingSettings
from groundwork.json_text import compact_json
from groundwork.task_types.task_type import Json

if TYPE_CHECKING:
    from groundwork.aws.training_service import TrainingService

NOT_READY: dict[str, Any] = {"ready": False}


@dataclass(frozen=True, slots=True)
class _Split:
    """People's labels by what they are for; objects are in the order of the manifest."""

    train: dict[int, Line]
    validation: dict[int, Line]
    held_out: dict[int, Mapping[str, Json]]


def prepare_training(
    at: JobAtHand, number: int, deployment: TrainingDeployment, service: TrainingService
) -> dict[str, Any]:
    """Write the inputs of a round and give its requests; `{"ready": false}` when no model is due or worth training.

    No model is due in round 0, in a round that is decided already, and in a job that is being stopped.

    Raises
    ------
    ValueError
        The job does not train in SageMaker, or there is no container for it.
    """
    job = at.job
    if job.automation is None or job.automation.sagemaker is None:
        raise ValueError(f"labeling job {job.name} does not train in SageMaker")
    if number == 0 or number < len(rounds(at)) or at.queue.window().stopping:
        return NOT_READY
    situation = situation_of(at, number)
    sources = dict(_sources(at, situation))
    split = _split(job, job.automation.algorithm, situation.to_label, situation.known, sources)
    if not _is_worth_training(job, split) or not situation.open:
        return NOT_READY
    paths = TrainingPaths.of(job, number)
    _write_channels(at, paths, split)
    shards = _asked(situation, split, sources, job.automation.algorithm)
    parts = _write_inference(at, paths, shards, job.automation.algorithm)
    names = job_names(deployment.prefix, job, number, len(parts), at.moment())
    at.store.write_json(paths.jobs, names.model_dump(mode="json"))
    settings = job.automation.sagemaker
    requests = RoundRequests(
        job=job,
        algorithm=job.automation.algorithm,
        settings=settings,
        containers=containers_of(settings, job.automation.algorithm, deployment.region, service),
        names=names,
        paths=paths,
        role_arn=deployment.role_arn,
    )
    training_set = TrainingSet(
        classes=len(job.labels or ()),
        lines=len(split.train),
        most_boxes=max(box_count(line["label"]) for line in [*split.train.values(), *split.validation.values()])
        if job.automation.algorithm == "object-detection"
        else 0,
    )
    own = settings.image is not None or settings.algorithm_name is not None
    chosen = (
        dict(settings.hyper_parameters)
        if own
        else hyper_parameters(job.automation.algorithm, training_set, dict(settings.hyper_parameters))
    )
    return {
        "ready": True,
        "training": requests.training(chosen, _initial_model(settings, job.automation.algorithm, service)),
        "model": requests.model(),
        "transforms": requests.transforms(parts),
        "shards": sorted(shards),
    }


def containers_of(
    settings: TrainingSettings, algorithm: Algorithm, region: str, service: TrainingService
) -> Containers:
    """Choose what trains and predicts: the request's image, its algorithm resource, or the built-in algorithm.

    Raises
    ------
    NoContainerError
        The Region has no built-in algorithm.
    """
    if settings.image is not None:
        return Containers(settings.image, settings.image)
    if settings.algorithm_name is not None:
        image = service.inference_image(settings.algorithm_name)
        return Containers(image, image, settings.algorithm_name)
    image = built_in_image(algorithm, region)
    return Containers(image, image)


def _initial_model(settings: TrainingSettings, algorithm: Algorithm, service: TrainingService) -> str | None:
    own = settings.image is not None or settings.algorithm_name is not None
    if settings.initial_model_arn is None or not (own or algorithm in CONTINUES_TRAINING):
        return None
    return service.model_data(settings.initial_model_arn)


def _sources(at: JobAtHand, situation: Situation) -> Iterator[tuple[int, str]]:
    shards = sorted({item.shard for item in situation.candidates})
    for content in at.store.read_many(at.paths.task_input(shard) for shard in shards):
        for line in content.splitlines():
            record = json.loads(line)
            if record["state"] == "task":
                yield record["object"], record["taskInput"]["taskObject"]


def _split(
    job: LabelingJob, algorithm: Algorithm, candidates: Sequence[Candidate], known: Known, sources: Mapping[int, str]
) -> _Split:
    split = _Split({}, {}, {})
    for item in candidates:
        content = known.labels.get(item.object_id)
        if content is None:
            continue
        if known.asked.get(item.object_id) and is_held_out(job, item.object_id):
            split.held_out[item.object_id] = content
            continue
        line = TRAINING_LINES[algorithm](HumanLabel(sources[item.object_id], content), job)
        if line is not None:
            channel = split.validation if is_containers_own(job, item.object_id) else split.train
            channel[item.object_id] = line
    return split


def _is_worth_training(job: LabelingJob, split: _Split) -> bool:
    trained = len(split.train) + len(split.validation)
    enough = trained >= least_trained(job) and len(split.held_out) >= least_held_out(job)
    return enough and bool(split.train) and bool(split.validation)


def _write_channels(at: JobAtHand, paths: TrainingPaths, split: _Split) -> None:
    for channel, lines in ((TRAIN, split.train), (VALIDATION, split.validation)):
        content = b"".join(compact_json(line) + b"\n" for line in lines.values())
        at.store.write(paths.training_input(channel), content, "application/x-ndjson")


def _asked(
    situation: Situation, split: _Split, sources: Mapping[int, str], algorithm: Algorithm
) -> dict[int, list[AskedObject]]:
    """List by shard what the model is asked about: all that is open and all that judges it, as far as it can look."""
    open_objects = {item.object_id for item in situation.open}
    wanted = [
        item
        for item in situation.to_label
        if (item.object_id in open_objects or item.object_id in split.held_out)
        and _can_look_at(sources[item.object_id], algorithm)
    ]
    images = algorithm != "text-classification"
    parts = image_parts(sources[item.object_id] for item in wanted) if images else {}
    shards: dict[int, list[AskedObject]] = {}
    for item in wanted:
        source = sources[item.object_id]
        part = parts[source.removeprefix("s3://").partition("/")[0]] if images else TEXTS
        label = split.held_out.get(item.object_id)
        asked = AskedObject(
            object_id=item.object_id, source=source, part=part, label=None if label is None else dict(label)
        )
        shards.setdefault(item.shard, []).append(asked)
    return shards


def _can_look_at(source: str, algorithm: Algorithm) -> bool:
    if algorithm == "text-classification":
        return bool(tokens(source))
    return algorithm != "semantic-segmentation" or is_jpeg(source)


def _write_inference(
    at: JobAtHand, paths: TrainingPaths, shards: Mapping[int, Sequence[AskedObject]], algorithm: Algorithm
) -> list[str]:
    documents = [
        (paths.asked(shard), AskedShard(objects=tuple(asked)).model_dump_json(by_alias=True).encode())
        for shard, asked in shards.items()
    ]
    if algorithm == "text-classification":
        classes = len(at.job.labels or ())
        texts = [
            (paths.inference_input(text_file(shard)), text_lines(asked, classes)) for shard, asked in shards.items()
        ]
        at.store.write_many([*documents, *texts])
        return [TEXTS]
    parts = image_parts(item.source for asked in shards.values() for item in asked)
    lists = image_lists(shards.values(), parts)
    at.store.write_many(
        [*documents, *((paths.inference_input(f"{part}.json"), compact_json(keys)) for part, keys in lists.items())]
    )
    return list(parts.values())
