"""Rounds whose models SageMaker trains: everything but SageMaker itself and the statistics of a round."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.candidates import read_candidates
from groundwork.active_learning.label_shard import label_shard
from groundwork.active_learning.learn import Decided, Situation, learn, situation_of
from groundwork.active_learning.learning_round import LearningRound, labels_name
from groundwork.active_learning.sagemaker.decide import decide
from groundwork.active_learning.sagemaker.held_out import is_held_out
from groundwork.active_learning.sagemaker.predict_shard import predict_shard
from groundwork.active_learning.sagemaker.predictions import read_predictions
from groundwork.active_learning.sagemaker.running_jobs import stop_running_jobs
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.consolidation.mask_image import encode_mask
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Algorithm, AutomatedLabeling, LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_output.outcomes import Labeled, write_outcome
from groundwork.select_batch.selected_batch import SelectedBatch
from groundwork.task_types.machine_mask import class_colors
from PIL import Image

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.aws.transform_answers import (
    FakeTrainingService,
    Model,
    boxes,
    mask_record,
    prepared,
    probabilities,
    transform,
)
from tests.formats.masks import opened
from tests.unit.active_learning.sagemaker.automated_jobs import automated_job, settings

NAMES = ("BACKGROUND", "deck", "mast", "rope")
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


def test_a_whole_job_is_labeled_by_people_and_by_a_model_of_sagemaker(account: Account, clock: Clock) -> None:
    job = job_of("text-classification")
    lines = [b'{"source":"Ferry %d: %s."}' % (number, (b"calm", b"late")[number % 2]) for number in range(160)]
    labeling = Labeling.begin(account, clock, job, lines)

    def model(source: str) -> dict[str, Any]:
        late = source.endswith("late .")
        return {"label": [f"__label__{int(late)}", f"__label__{int(not late)}"], "prob": [0.95, 0.05]}

    def decide_after_training(situation: Situation) -> Decided:
        """Pass the states before ActiveLearningFit first."""
        asked = prepared(labeling, situation.number)
        for request in asked.get("transforms", ()):
            assert request["TransformInput"]["SplitType"] == "Line"
            transform(account, request, model)
        for shard in asked.get("shards", ()):
            predict_shard(labeling.at(), situation.number, shard)
        return decide(situation)

    labeling.decide = decide_after_training
    labeling.prepare()
    for _ in range(2):
        assert labeling.turn()
    first = [item.object_id for item in labeling.items()]
    assert len(first) == 60, "no more than MaxConcurrentTaskCount at a time"
    assert first != sorted(first), "drawn by lot"
    labeling.run(["ada"], lambda item, _: {"mood": {"label": ("calm", "late")[item.object_id % 2]}})
    output = labeling.output()
    by_whom = Counter(line["mood-metadata"]["human-annotated"] for line in output)
    assert set(by_whom) == {"yes", "no"}
    assert by_whom["no"] > 40
    assert [line["mood"] for line in output] == [number % 2 for number in range(160)]


def test_what_a_model_is_sure_of_is_labeled_and_people_get_the_rest(account: Account, clock: Clock) -> None:
    labeling = images(account, clock)
    round_one = learned(account, labeling, image_model)
    assert round_one.learned.labeled == len(round_one.labels) > 60
    assert all(content["kind"] == kind(number) for number, content in round_one.labels.items())
    still_open = {item.object_id for item in situation_of(labeling.at(), 1).open}
    assert all(number % 10 == 0 for number in still_open - round_one.labels.keys()), "the surest come first"
    metadata = next(iter(round_one.labels.values()))["kind-metadata"]
    assert metadata["human-annotated"] == "no"
    assert metadata["confidence"] > 0.95, "calibrated by what people labeled"
    assert round_one.learned.people == OBJECTS - ASKED - len(round_one.labels)
    assert round_one.learned.figures["model"] == round_one.asked["model"]["ModelName"]


def test_what_judges_a_model_is_in_none_of_its_channels(account: Account, clock: Clock) -> None:
    round_one = learned(account, images(account, clock), image_model)
    found = channels(account, round_one.asked)
    train, own = ({number_of(line["source-ref"]) for line in found[name]} for name in ("train", "validation"))
    predictions = list(read_predictions(round_one.at, TrainingPaths.of(round_one.labeling.job, 1)))
    judging = {each.object_id for each in predictions if each.quality is not None}
    assert train
    assert own
    assert judging
    assert not train & own
    assert not (train | own) & judging
    assert len(train | own | judging) == ASKED
    assert all(is_held_out(round_one.labeling.job, number) for number in judging)
    assert all(line["label"] == kind(number_of(line["source-ref"])) for line in found["train"])
    assert round_one.asked["training"]["HyperParameters"]["num_training_samples"] == str(len(train))


def test_a_data_set_that_a_model_does_not_pay_for_is_labeled_by_people(account: Account, clock: Clock) -> None:
    labeling = Labeling.begin(account, clock, job_of("image-classification"), pictures(60), decide=decide)
    labeling.prepare()
    labeling.annotate(0)
    decided = learn(labeling.at(), 0, decide)
    assert decided.over
    assert decided.people == 60
    assert "more than half" in decided.reason


def test_no_model_is_trained_when_none_is_due(account: Account, clock: Clock) -> None:
    labeling = images(account, clock)
    assert prepared(labeling, 0) == {"ready": False}
    labeling.at().queue.set_window(stop_deadline=clock() + 900)
    assert prepared(labeling, 1) == {"ready": False}, "the job is being stopped"
    labeling.at().queue.set_window(stop_deadline=None)
    learned(account, labeling, image_model)
    assert prepared(labeling, 1) == {"ready": False}, "the round is decided"


def test_too_few_labels_train_no_model(account: Account, clock: Clock) -> None:
    labeling = images(account, clock)
    few = [write_outcome(number, Labeled(image_label(number))) for number in range(30)]
    account.store.write(labeling.at().paths.labels(0, "0001-00001", 0), b"".join(few))
    assert prepared(labeling, 1) == {"ready": False}
    decided = decide(situation_of(labeling.at(), 1))
    assert (decided.over, decided.auto) == (False, ())
    assert all(item.random for item in decided.people)


def test_a_model_without_a_usable_answer_ends_active_learning(account: Account, clock: Clock) -> None:
    round_one = learned(account, images(account, clock), lambda _: b"<html>")
    assert (round_one.learned.over, round_one.labels) == (True, {})
    assert "no usable answer" in round_one.learned.reason
    assert round_one.learned.people == OBJECTS - ASKED


def test_boxes_are_labeled_with_the_size_of_their_image(account: Account, clock: Clock) -> None:
    drawn = {"class_id": 1, "left": 4, "top": 2, "width": 20, "height": 10}
    size = {"width": 40, "height": 20, "depth": 3}

    def model(key: str) -> bytes:
        sure = 0.5 if number_of(key) % 10 == 0 else 0.96
        return boxes([1, sure, 0.1, 0.1, 0.6, 0.6], [0, 0.2, 0, 0, 1, 1], [-1, -1, -1, -1, -1, -1])

    def by_people(number: int) -> dict[str, Any]:
        return {"shapes": {"image_size": [size], "annotations": [drawn] * (number != 7)}, "shapes-metadata": {}}

    job = job_of("object-detection")
    round_one = learned(account, labeled(account, clock, job, with_images(account), by_people), model)
    assert len(round_one.labels) > 60
    assert {json.dumps(content["shapes"]) for content in round_one.labels.values()} == {
        json.dumps(
            {
                "image_size": [size],
                "annotations": [{"class_id": 1, "left": 4.0, "top": 2.0, "width": 20.0, "height": 10.0}],
            }
        )
    }
    assert next(iter(round_one.labels.values()))["shapes-metadata"]["objects"] == [{"confidence": 0.96}]
    assert round_one.learned.figures["quality"] > 0.98
    hyper_parameters = round_one.asked["training"]["HyperParameters"]
    assert (hyper_parameters["num_classes"], hyper_parameters["label_width"]) == ("2", "350")
    trained = channels(account, round_one.asked)["train"]
    assert all(line["label"]["annotations"] for line in trained)


def test_masks_are_labeled_in_the_colors_of_peoples(account: Account, clock: Clock) -> None:
    job = job_of("semantic-segmentation")
    colors = class_colors(3)
    ids = np.zeros((20, 40), np.uint8)
    ids[5:15, 10:30] = 2
    account.put("harbor-out", "people.png", encode_mask(ids, colors))
    classes = {str(value): {"class-name": name, "hex-color": colors[value]} for value, name in enumerate(NAMES)}

    def model(key: str) -> bytes:
        shares = np.full((4, 10, 20), 0.01)
        shares[0], shares[2, 2:8, 5:15] = 0.97, 0.98
        shares[0, 2:8, 5:15] = 0.0
        return mask_record(shares)

    def by_people(number: int) -> dict[str, Any]:
        return {"areas-ref": "s3://harbor-out/people.png", "areas-ref-metadata": {"internal-color-map": classes}}

    round_one = learned(account, labeled(account, clock, job, with_images(account), by_people), model)
    assert len(round_one.labels) == OBJECTS - ASKED
    number, content = next(iter(round_one.labels.items()))
    address = S3Uri.parse(content["areas-ref"])
    assert f"/annotations/consolidated-annotation/output/{number}_" in address.key
    mask = opened(account.store.read(address))
    expected = np.zeros((20, 40), np.uint8)
    expected[4:16, 10:30] = 2
    assert (mask.mode, mask.size) == ("P", (40, 20))
    assert np.array_equal(np.asarray(mask), expected)
    assert mask.getpalette() == opened(account.store.read(S3Uri("harbor-out", "people.png"))).getpalette()
    assert content["areas-ref-metadata"]["internal-color-map"]["2"]["confidence"] > 0.8
    assert round_one.learned.figures["quality"] == pytest.approx(200 / 240)


def test_only_jpeg_images_go_to_the_segmentation_container(account: Account, clock: Clock) -> None:
    job = job_of("semantic-segmentation")
    lines = [
        line.replace(b".jpg", b".png") if number % 5 == 0 else line for number, line in enumerate(pictures(OBJECTS))
    ]
    label = {"areas-ref": "s3://harbor-out/people.png", "areas-ref-metadata": {}}
    asked = prepared(labeled(account, clock, job, lines, lambda _: label), 1)
    _, *keys = account.store.read_json(
        S3Uri.parse(asked["transforms"][0]["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"])
    )
    sources = [line["source-ref"] for lines in channels(account, asked).values() for line in lines]
    assert keys
    assert all(name.endswith(".jpg") for name in [*keys, *sources])


def test_images_of_several_buckets_are_several_transform_jobs(
    account: Account, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.aws.labeling.BUCKETS", frozenset({"harbor-in", "quay-in"}))
    lines = pictures(OBJECTS)
    lines[1::2] = [line.replace(b"harbor-in/pier", b"quay-in/wall") for line in lines[1::2]]
    labeling = labeled(account, clock, job_of("image-classification"), lines, image_label)
    round_one = learned(account, labeling, image_model)
    assert len(round_one.asked["transforms"]) == 2
    assert len({request["TransformJobName"] for request in round_one.asked["transforms"]}) == 2
    assert {number % 2 for number in round_one.labels} == {0, 1}


def test_objects_without_an_answer_are_left_to_people(account: Account, clock: Clock) -> None:
    labeling = images(account, clock)
    silent = {number for number in range(OBJECTS) if number % 7 == 0}
    round_one = learned(account, labeling, lambda key: None if number_of(key) in silent else image_model(key))
    assert round_one.labels
    assert not silent & round_one.labels.keys()
    again = predict_shard(labeling.at(), 1, 0)
    assert again.unanswered
    assert all("no answer" in problem for problem in again.problems)


def test_stopping_a_job_stops_what_runs_at_sagemaker(account: Account, clock: Clock) -> None:
    labeling, service = images(account, clock), FakeTrainingService()
    assert stop_running_jobs(labeling.at(), service) == ()  # type: ignore[arg-type]
    assert service.stopped == []
    asked = prepared(labeling, 1)
    training = asked["training"]["TrainingJobName"]
    service.at_work = {training}
    assert stop_running_jobs(labeling.at(), service) == (training,)  # type: ignore[arg-type]
    assert service.stopped == [training, asked["transforms"][0]["TransformJobName"]]


def test_a_warm_start_and_an_algorithm_of_ones_own_reach_the_requests(account: Account, clock: Clock) -> None:
    training = settings(
        "image-classification",
        algorithm_name="arn:aws:sagemaker:eu-west-1:123456789012:algorithm/boat-net",
        initial_model_arn="arn:aws:sagemaker:eu-west-1:123456789012:model/birds",
        hyper_parameters={"depth": "9"},
    )
    job = job_of("image-classification")
    assert job.automation is not None
    automation = job.automation.model_copy(update={"sagemaker": training})
    asked = prepared(images(account, clock, job.model_copy(update={"automation": automation})), 1)
    request = asked["training"]
    assert request["AlgorithmSpecification"]["AlgorithmName"] == training.algorithm_name
    assert request["HyperParameters"] == {"depth": "9"}, "our defaults are those of other algorithms"
    model = request["InputDataConfig"][-1]
    assert model["DataSource"]["S3DataSource"]["S3Uri"] == "s3://harbor-in/models/birds/model.tar.gz"
    assert asked["model"]["PrimaryContainer"]["Image"].endswith("/boats/net:3")
