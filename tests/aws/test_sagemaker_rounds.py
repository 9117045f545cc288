"""Rounds whose models SageMaker trains: everything but SageMaker itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from groundwork.active_learning.learn import Decided, Situation, learn, situation_of
from groundwork.active_learning.sagemaker.decide import decide
from groundwork.active_learning.sagemaker.held_out import is_held_out
from groundwork.active_learning.sagemaker.predict_shard import predict_shard
from groundwork.active_learning.sagemaker.predictions import read_predictions
from groundwork.active_learning.sagemaker.running_jobs import stop_running_jobs
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.manifest_output.outcomes import Labeled, write_outcome

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.aws.sagemaker_round import (
    ASKED,
    OBJECTS,
    channels,
    image_label,
    image_model,
    images,
    job_of,
    kind,
    labeled,
    learned,
    number_of,
)
from tests.aws.transform_answers import (
    FakeTrainingService,
    prepared,
    transform,
)
from tests.unit.active_learning.sagemaker.automated_jobs import settings


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
