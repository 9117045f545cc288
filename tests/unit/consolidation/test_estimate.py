"""The step that estimates, over files of votes."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from groundwork.consolidation import estimate as step
from groundwork.consolidation.estimate import Estimated, estimate
from groundwork.consolidation.exclusion import Exclusion
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.image_classification import IMAGE_CLASSIFICATION

from tests.formats.jobs import image_job

PATHS = JobPaths(S3Uri("harbor-out", "photos"))
BATCHES = [
    [[0, "ada", 0], [0, "bo", 0], [1, "ada", 1], [1, "bo", 1], [1, "", 1]],
    [[2, "ada", 1], [2, "bo", 0], [3, "cleo", 1]],
    [[4, "cleo", 0], [4, "ada", 0]],
]
EVERY = [vote for batch in BATCHES for vote in batch]


class Store(dict[S3Uri, bytes]):
    """Objects by URI."""

    def keys(self, prefix):
        return [uri.key for uri in self.copy() if uri.key.startswith(prefix.key)]

    def read_many(self, uris):
        return [self[uri] for uri in uris]

    def find_json(self, uri):
        return json.loads(self[uri]) if uri in self else None

    def write_json(self, uri, document):
        self[uri] = json.dumps(document).encode()


def at_hand(batches, excluded=()):
    store = Store()
    for number, votes in enumerate(batches):
        store.write_json(PATHS.votes("0001", number), votes)
    if excluded:
        store.write_json(PATHS.excluded_workers, Exclusion(workers=excluded).model_dump())
    return SimpleNamespace(store=store, paths=PATHS, job=image_job(), consolidation=IMAGE_CLASSIFICATION.consolidation)


def expected(votes):
    found = IMAGE_CLASSIFICATION.consolidation.estimate([tuple(vote) for vote in votes], image_job())
    return json.loads(json.dumps(found))


def test_votes_of_all_batches_are_estimated_together(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(step, "FILES", 2)
    at = at_hand(BATCHES)
    assert estimate(at) == Estimated(votes=9, workers=3)
    assert at.store.find_json(PATHS.worker_quality) == expected(EVERY)


def test_an_object_that_was_collected_twice_counts_once():
    at = at_hand([*BATCHES, BATCHES[0]])
    assert estimate(at) == Estimated(votes=9, workers=3)
    assert at.store.find_json(PATHS.worker_quality) == expected(EVERY)


def test_excluded_workers_are_left_out():
    at = at_hand(BATCHES, excluded=("bo",))
    assert estimate(at) == Estimated(votes=6, workers=2)
    assert at.store.find_json(PATHS.worker_quality) == expected(v for v in EVERY if v[1] != "bo")


@pytest.mark.parametrize("batches", [[], [[[0, "ada", 0]]]])
def test_nothing_is_stored_without_votes(batches):
    at = at_hand(batches, excluded=("ada",))
    assert estimate(at) == Estimated(votes=0, workers=0)
    assert at.store.find_json(PATHS.worker_quality) is None
