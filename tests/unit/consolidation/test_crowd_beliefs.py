"""What the portal works out for one object is what labels it."""

from __future__ import annotations

import json
import random
import time

import pytest
from groundwork.consolidation.crowd_beliefs import BELIEFS, digamma, probability
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.vote_table import VoteTable

NEWCOMER = "nobody has seen this worker"


def crowd(source: random.Random, labels: int, workers: int, objects: int) -> list[tuple[int, str, int]]:
    """Votes of workers of all kinds, some of whom take one label for another."""
    skill = {f"worker-{number}": source.random() for number in range(workers)}
    votes = []
    for number in range(objects):
        truth = source.randrange(labels)
        for worker in source.sample(sorted(skill), source.randint(1, min(5, workers))):
            wrong = (truth + 1) % labels if source.random() < 0.5 else source.randrange(labels)
            votes.append((number, worker, truth if source.random() < skill[worker] else wrong))
    return votes


@pytest.mark.parametrize("algorithm", sorted(BELIEFS))
@pytest.mark.parametrize("labels", [1, 2, 3, 7, 40])
def test_an_object_is_as_sure_here_as_where_it_is_labeled(algorithm: str, labels: int) -> None:
    source = random.Random(labels)
    for _ in range(8):
        votes = crowd(source, labels, source.randint(1, 12), source.randint(1, 60))
        estimate = CROWD_ESTIMATES[algorithm].of(VoteTable.build(votes, labels), labels)
        beliefs = BELIEFS[algorithm](json.loads(json.dumps(estimate.to_json())), labels)
        people = sorted({worker for _, worker, _ in votes} | {NEWCOMER})
        for _ in range(20):
            voters = source.sample(people, source.randint(1, min(9, len(people))))
            given = [(worker, source.randrange(labels)) for worker in voters]
            table = VoteTable.build([(0, worker, label) for worker, label in given], labels)
            assert probability(beliefs, given) == pytest.approx(estimate.posterior(table).max(), abs=1e-9)


@pytest.mark.parametrize("algorithm", sorted(BELIEFS))
@pytest.mark.parametrize("labels", [2, 4])
def test_an_object_is_as_sure_here_where_earlier_jobs_told_something(algorithm: str, labels: int) -> None:
    source = random.Random(labels)
    votes = [(number, f"worker-{worker}", number % labels) for number in range(12) for worker in range(3)]
    votes += [(number, "worker-3", source.randrange(labels)) for number in range(12)]
    known = {f"worker-{number}": [(truth, truth, 9.0) for truth in range(labels)] + [(0, 1, 2.5)] for number in (0, 3)}
    table = VoteTable.build(votes, labels)
    estimate = CROWD_ESTIMATES[algorithm].of(table, labels, known)
    assert estimate.to_json() != CROWD_ESTIMATES[algorithm].of(table, labels).to_json()
    beliefs = BELIEFS[algorithm](json.loads(json.dumps(estimate.to_json())), labels)
    for _ in range(20):
        given = [(f"worker-{number}", source.randrange(labels)) for number in source.sample(range(5), 3)]
        table = VoteTable.build([(0, worker, label) for worker, label in given], labels)
        assert probability(beliefs, given) == pytest.approx(estimate.posterior(table).max(), abs=1e-9)


@pytest.mark.parametrize("algorithm", sorted(BELIEFS))
@pytest.mark.parametrize("labels", [1, 2, 5])
def test_without_an_estimate_workers_are_what_an_estimate_of_no_votes_takes_them_for(
    algorithm: str, labels: int
) -> None:
    nothing = CROWD_ESTIMATES[algorithm].of(VoteTable.build([], labels), labels)
    for given in ([0], [0, 0], [0, labels - 1], [0, 0, labels - 1]):
        votes = [(f"worker-{number}", label) for number, label in enumerate(given)]
        table = VoteTable.build([(0, worker, label) for worker, label in votes], labels)
        assert probability(BELIEFS[algorithm](None, labels), votes) == pytest.approx(
            nothing.posterior(table).max(), abs=1e-9
        )


def test_digamma_has_its_known_values() -> None:
    euler = 0.5772156649015329
    assert digamma(1.0) == pytest.approx(-euler, abs=1e-10)
    assert digamma(0.5) == pytest.approx(-euler - 1.3862943611198906, abs=1e-10)
    assert digamma(10.0) == pytest.approx(2.251752589066721, abs=1e-10)


def test_many_votes_on_many_labels_take_little_of_a_submission() -> None:
    source = random.Random(5)
    votes = crowd(source, 100, 60, 2_000)
    estimate = CROWD_ESTIMATES["default"].of(VoteTable.build(votes, 100), 100).to_json()
    beliefs = BELIEFS["default"](estimate, 100)
    given = [(f"worker-{number}", number % 3) for number in range(9)]
    started = time.process_time()
    probability(beliefs, given)
    assert time.process_time() - started < 0.05
