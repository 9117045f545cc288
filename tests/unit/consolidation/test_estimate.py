"""The step that estimates, over files of votes."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from groundwork.consolidation import estimate as step
from groundwork.consolidation import vote_columns
from groundwork.consolidation.estimate import Estimated, estimate
from groundwork.consolidation.exclusion import Exclusion
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.image_classification import IMAGE_CLASSIFICATION
from groundwork.team_quality.earlier import EarlierQuality, EarlierWorker
from groundwork.team_quality.record import Gold

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

    def find(self, uri):
        return self.get(uri)

    def find_json(self, uri):
        return json.loads(self[uri]) if uri in self else None

    def write_json(self, uri, document):
        self[uri] = json.dumps(document).encode()


class Queue(list[tuple[int, dict[str, int]]]):
    """Objects that are open, and the votes on each; the first one is ready as well."""

    def open_items(self):
        return (SimpleNamespace(object_id=number, votes=votes) for number, votes in self)

    def ready_entries(self):
        return [0] if self else []

    def find_many(self, entries):
        return [item for place, item in enumerate(self.open_items()) if place in entries]


def at_hand(batches, excluded=(), waiting=(), **changes):
    store = Store()
    for number, votes in enumerate(batches):
        store.write_json(PATHS.votes("0001", number), votes)
    if excluded:
        store.write_json(PATHS.excluded_workers, Exclusion(workers=excluded).model_dump())
    return SimpleNamespace(
        store=store,
        queue=Queue(waiting),
        paths=PATHS,
        job=image_job(**changes),
        consolidation=IMAGE_CLASSIFICATION.consolidation,
    )


def expected(votes, earlier=None):
    found = IMAGE_CLASSIFICATION.consolidation.estimate_after(
        [tuple(vote) for vote in votes], image_job(), earlier or {}
    )
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


@pytest.mark.parametrize("page", [1, 2, 4_096])
def test_with_adaptive_redundancy_votes_on_objects_that_still_wait_count_as_well(page, monkeypatch):
    monkeypatch.setattr(vote_columns, "PAGE", page)
    waiting = [(4, {"cleo": 0, "ada": 0}), (5, {"ada": 1, "bo": 2}), (6, {"dot": 1})]
    adaptive = AdaptiveRedundancy(min_workers=1, target_confidence=0.9)
    at = at_hand(BATCHES, excluded=("bo",), waiting=waiting, adaptive=adaptive)
    assert estimate(at) == Estimated(votes=8, workers=3)
    every = [*EVERY, (5, "ada", 1), (6, "dot", 1)]
    assert at.store.find_json(PATHS.worker_quality) == expected(v for v in every if v[1] != "bo")


def test_what_earlier_jobs_showed_of_the_team_enters_the_estimate():
    counts = ((0, 0, 20.0), (1, 1, 20.0), (2, 1, 2.0))
    ada = EarlierWorker(jobs=1, answers=42, gold=Gold(), quality=None, counts=counts)
    at = at_hand(BATCHES, team_record="s3://jobs/record.json")
    at.store[PATHS.earlier_quality] = EarlierQuality(workers={"ada": ada}).model_dump_json().encode()
    assert estimate(at) == Estimated(votes=9, workers=3)
    stored = at.store.find_json(PATHS.worker_quality)
    assert stored == expected(EVERY, {"ada": counts})
    assert stored != expected(EVERY)
