"""Known answers in the estimates of the workers, for every kind of task that has them."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from groundwork.consolidation.confusion_quality import ConfusionQuality
from groundwork.task_types.task_type import GOLD_VOTER

from tests.unit.consolidation.gold_crowds import CARELESS, CASES, GOOD

OBJECTS = 24


def rates(estimate):
    """How far each worker can be relied on, whatever the model calls it; more is better."""
    match estimate:
        case {"shares": _, "workers": workers}:
            return {name: np.mean(one["sensitivity"]) + np.mean(one["specificity"]) for name, one in workers.items()}
        case {"crowd": _, "workers": workers}:
            return {name: found - false + right for name, (found, false, right) in workers.items()}
        case {"images": _, "workers": workers}:
            quality = ConfusionQuality.model_validate(estimate)
            names, classes = sorted(workers), range(len(quality.prior))
            matrices = quality.matrices(names, classes)
            return {name: np.trace(matrix) for name, matrix in zip(names, matrices, strict=True)}
    found = {}
    for name, one in estimate["workers"].items():
        match one:
            case {"wrong": wrong}:
                found[name] = 1 - wrong
            case {"sensitivity": sensitivity, "false_positives": false_positives}:
                found[name] = sensitivity - false_positives
            case float():
                found[name] = one
    return found


@pytest.mark.parametrize("name", CASES)
def test_gold_shows_that_a_majority_is_careless(name):
    case = CASES[name]
    without = rates(case.consolidation.estimate(case.votes(OBJECTS), case.job))
    known = rates(case.consolidation.estimate(case.votes(OBJECTS, range(OBJECTS)), case.job))
    assert max(known[worker] for worker in CARELESS) < min(known[worker] for worker in GOOD)
    for worker in CARELESS:
        assert known[worker] < without[worker]
    for worker in GOOD:
        assert known[worker] > without[worker]


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_votes_and_gold_does_not_move_a_bit(name):
    case = CASES[name]
    votes = case.votes(OBJECTS, range(0, OBJECTS, 3))
    shuffled = Random(5).sample(votes, len(votes))
    assert case.consolidation.estimate(votes, case.job) == case.consolidation.estimate(shuffled, case.job)


@pytest.mark.parametrize("name", CASES)
def test_the_names_of_workers_do_not_matter(name):
    case = CASES[name]
    votes = case.votes(OBJECTS, range(0, OBJECTS, 2))
    other = {"ada": "zoe", "bo": "yan", "cy": "xu", "di": "wu", "ed": "vi", GOLD_VOTER: GOLD_VOTER}
    renamed = [(number, other[worker], vote) for number, worker, vote in votes]
    before = rates(case.consolidation.estimate(votes, case.job))
    after = rates(case.consolidation.estimate(renamed, case.job))
    assert {other[worker]: value for worker, value in before.items()} == pytest.approx(after, rel=1e-3)


@pytest.mark.parametrize("name", CASES)
def test_gold_that_nobody_answered_does_not_move_a_bit(name):
    case = CASES[name]
    votes = case.votes(OBJECTS)
    gold = next(vote for number, worker, vote in case.votes(1, [0]) if worker == GOLD_VOTER)
    more = [*votes, (999, GOLD_VOTER, gold)]
    assert case.consolidation.estimate(more, case.job) == case.consolidation.estimate(votes, case.job)


@pytest.mark.parametrize("name", CASES)
def test_one_worker_is_known_by_gold_alone(name):
    case = CASES[name]
    votes = case.votes(OBJECTS, range(OBJECTS))
    found = {}
    for worker in ("ada", "cy"):
        alone = [vote for vote in votes if vote[1] in (worker, GOLD_VOTER)]
        found[worker] = rates(case.consolidation.estimate(alone, case.job))[worker]
    assert found["ada"] > found["cy"]


@pytest.mark.parametrize("name", CASES)
def test_the_known_answer_is_nobody_in_the_estimate(name):
    case = CASES[name]
    estimate = case.consolidation.estimate(case.votes(6, range(6)), case.job)
    assert set(estimate["workers"]) == {*GOOD, *CARELESS}
