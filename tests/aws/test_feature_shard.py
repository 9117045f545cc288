"""Features of a shard: written once, in pieces where time is short, without what can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.feature_extraction import feature_shard
from groundwork.active_learning.feature_extraction.extractor import Content, Extraction
from groundwork.active_learning.feature_extraction.extractor_errors import ExtractorBusyError, FeatureExtractorError
from groundwork.active_learning.feature_extraction.extractors import LoadedModel, extractor_of
from groundwork.active_learning.feature_extraction.feature_shard import Progress, extract_shard, read_features
from groundwork.active_learning.feature_extraction.onnx_features import OnnxFeatures
from groundwork.active_learning.feature_extraction.onnx_model_file import model_identity, read_model
from groundwork.active_learning.features import Features
from groundwork.job.labeling_job import AutomatedLabeling
from groundwork.job.s3_uri import S3Uri

from tests.aws.account import IN, Account, Clock
from tests.aws.labeling import Labeling, pictures
from tests.formats.jobs import image_job
from tests.unit.active_learning.onnx_models import channel_means
from tests.unit.active_learning.pictures import plain

AUTOMATION = AutomatedLabeling(algorithm="image-classification", trainer="embedded", target=0.95)
MODEL = S3Uri(IN, "models/harbor.onnx")


@dataclass
class Lengths:
    """An extractor whose features are the lengths of contents; `seconds` pass for each group."""

    clock: Clock
    identity: str = "lengths"
    group: int = 2
    seconds: float = 0
    busy_after: int = 1_000_000
    asked: list[list[Content]] = field(default_factory=list)

    def extract(self, contents: Sequence[Content]) -> Extraction:
        if len(self.asked) >= self.busy_after:
            raise ExtractorBusyError("the model is busy")
        self.asked.append(list(contents))
        self.clock.forward(self.seconds)
        return Extraction(Features(np.array([[len(content)] for content in contents], np.float16)))


def begun(account: Account, clock: Clock, objects: int, **changes: Any) -> Labeling:
    job = image_job(**{"automation": AUTOMATION, **changes})
    labeling = Labeling.begin(account, clock, job, pictures(objects))
    labeling.prepare()
    labeling.annotate(0)
    return labeling


def upload(account: Account, labeling: Labeling, contents: Sequence[bytes | None]) -> None:
    """Put data objects where the manifest says; None leaves one out."""
    at = labeling.at()
    for task, content in zip(feature_shard._tasks(at, 0), contents, strict=True):
        uri = S3Uri.parse(task.data_object["s3Uri"])
        if content is not None:
            account.put(uri.bucket, uri.key, content)


def extract(labeling: Labeling, extractor: Lengths, seconds: float = 1_000) -> Progress:
    at = labeling.at()
    return extract_shard(at, 0, lambda: extractor, at.now() + seconds)


def found(labeling: Labeling) -> dict[int, list[float]]:
    objects, features = read_features(labeling.at())
    return dict(zip(objects, np.asarray(features.matrix).tolist(), strict=True))


def test_every_object_has_a_row(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 5)
    upload(account, labeling, [b"x" * size for size in range(1, 6)])
    extractor = Lengths(clock)
    assert extract(labeling, extractor) == Progress(done=True, extracted=5)
    assert [len(group) for group in extractor.asked] == [2, 2, 1]
    assert found(labeling) == {0: [1], 1: [2], 2: [3], 3: [4], 4: [5]}


def test_a_repetition_does_nothing(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 2)
    upload(account, labeling, [b"x", b"xx"])
    extract(labeling, Lengths(clock))
    head = account.store.head(labeling.at().paths.features(0))
    again = Lengths(clock)
    assert extract(labeling, again).done
    assert again.asked == []
    assert account.store.head(labeling.at().paths.features(0)) == head


def test_when_time_is_short_the_rest_is_done_in_later_calls(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 5)
    upload(account, labeling, [b"x" * size for size in range(1, 6)])
    extractor = Lengths(clock, seconds=10)
    assert extract(labeling, extractor, seconds=15) == Progress(done=False, extracted=4)
    assert found(labeling) == {}
    assert extract(labeling, extractor, seconds=15) == Progress(done=True, extracted=5)
    assert [len(group) for group in extractor.asked] == [2, 2, 1], "nothing is extracted twice"
    in_pieces = account.store.read(labeling.at().paths.features(0))
    account.store.delete(labeling.at().paths.features(0))
    account.store.delete(labeling.at().paths.features_checkpoint(0))
    extract(labeling, Lengths(clock))
    assert account.store.read(labeling.at().paths.features(0)) == in_pieces


def test_what_a_busy_model_has_not_done_is_done_in_later_calls(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 3)
    upload(account, labeling, [b"x", b"xx", b"xxx"])
    assert not extract(labeling, Lengths(clock, busy_after=1)).done
    assert extract(labeling, Lengths(clock)).done
    assert len(found(labeling)) == 3


def test_a_model_that_is_busy_all_the_time_is_given_up(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 3)
    upload(account, labeling, [b"x", b"xx", b"xxx"])
    with pytest.raises(FeatureExtractorError, match="lengths can't be used: the model is busy"):
        extract(labeling, Lengths(clock, busy_after=0))


def test_an_object_that_is_missing_or_too_large_is_left_to_people(
    account: Account, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feature_shard, "LARGEST_OBJECT", 10)
    labeling = begun(account, clock, 4)
    upload(account, labeling, [b"x", None, b"x" * 11, b"x" * 10])
    progress = extract(labeling, Lengths(clock))
    assert (progress.done, progress.extracted, progress.unreadable) == (True, 2, 2)
    assert "does not exist" in progress.reasons[1]
    assert "has 11 bytes, more than 10" in progress.reasons[2]
    assert found(labeling) == {0: [1], 3: [10]}


def test_a_shard_of_which_nothing_can_be_read_is_done_too(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 2)
    progress = extract(labeling, Lengths(clock))
    assert (progress.done, progress.unreadable) == (True, 2)
    assert found(labeling) == {}


def test_features_of_another_model_are_not_mixed(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 3)
    upload(account, labeling, [b"x", b"xx", b"xxx"])
    extract(labeling, Lengths(clock, seconds=10), seconds=5)
    changed = Lengths(clock, identity="new lengths")
    assert extract(labeling, changed).done
    assert sum(map(len, changed.asked)) == 3


def test_the_extractor_of_a_job_makes_features_of_its_objects(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 3)
    upload(account, labeling, [plain("red"), b"no image", plain("blue")])
    at = labeling.at()
    progress = extract_shard(at, 0, lambda: own_extractor(labeling), at.now() + 60)
    assert (progress.done, progress.extracted, list(progress.reasons)) == (True, 2, [1])
    assert "not a readable image" in progress.reasons[1]


def own_extractor(labeling: Labeling) -> Any:
    def load(uri: S3Uri) -> LoadedModel:
        store = labeling.account.store
        return LoadedModel(model_identity(store, uri), read_model(store, uri, 1))

    return extractor_of(labeling.job, labeling.at().task_type, load, pytest.fail)


def with_model(account: Account, clock: Clock) -> Labeling:
    account.put(MODEL.bucket, MODEL.key, channel_means())
    account.put(MODEL.bucket, f"{MODEL.key}.json", b'{"mean": [0, 0, 0], "std": [1, 1, 1]}')
    automation = AUTOMATION.model_copy(update={"feature_extractor": str(MODEL)})
    return begun(account, clock, 2, automation=automation)


def test_a_job_that_names_a_model_has_features_by_that_model(account: Account, clock: Clock) -> None:
    labeling = with_model(account, clock)
    upload(account, labeling, [plain("red"), plain("blue")])
    at = labeling.at()
    assert extract_shard(at, 0, lambda: own_extractor(labeling), at.now() + 60).extracted == 2
    assert found(labeling) == {0: [1, 0, 0], 1: [0, 0, 1]}


def test_a_model_that_was_overwritten_is_another(account: Account, clock: Clock) -> None:
    labeling = with_model(account, clock)
    before = own_extractor(labeling).identity
    account.put(MODEL.bucket, MODEL.key, channel_means(maps=True))
    assert own_extractor(labeling).identity != before


def test_a_model_that_is_not_there_is_named(account: Account, clock: Clock) -> None:
    labeling = with_model(account, clock)
    account.store.delete(MODEL)
    with pytest.raises(
        FeatureExtractorError, match=r"s3://harbor-in/models/harbor\.onnx can't be used: .* does not exist"
    ):
        own_extractor(labeling)


def test_without_a_file_beside_it_a_model_is_read_with_the_defaults(account: Account, clock: Clock) -> None:
    with_model(account, clock)
    account.store.delete(S3Uri(IN, f"{MODEL.key}.json"))
    assert isinstance(read_model(account.store, MODEL, 1), OnnxFeatures)


def test_shards_of_different_models_are_not_joined(account: Account, clock: Clock) -> None:
    labeling = begun(account, clock, 2)
    upload(account, labeling, [b"x", b"xx"])
    extract(labeling, Lengths(clock))
    at = labeling.at()
    account.store.write(at.paths.features(1), account.store.read(at.paths.features(0)))
    assert len(read_features(at)[0]) == 4
    other = replace(Lengths(clock), identity="new lengths")
    account.store.delete(at.paths.features(0))
    extract(labeling, other)
    with pytest.raises(FeatureExtractorError, match="has changed while the labeling job was at work"):
        read_features(at)
