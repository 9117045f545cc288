"""What the estimates tell of how often workers are right."""

from __future__ import annotations

from random import Random

import pytest
from groundwork.task_types import registry

from tests.unit.consolidation.gold_crowds import CARELESS, CASES, GOOD, sets

TOLD = [name for name, case in CASES.items() if case.algorithm == "default" and name != "entities"]
OBJECTS = 24


@pytest.mark.parametrize("name", TOLD)
def test_with_gold_the_careless_are_told_from_the_good(name):
    case = CASES[name]
    estimate = case.consolidation.estimate(case.votes(OBJECTS, range(OBJECTS)), case.job)
    found = registry.get(case.job.task_type).estimated_quality(estimate)
    assert set(found) == {*GOOD, *CARELESS}
    described = {worker: one.document() for worker, one in found.items()}
    worst = min(described[worker]["value"] for worker in GOOD)
    assert worst > 0.9
    for worker in CARELESS:
        assert described[worker]["value"] < worst - 0.1
        assert described[worker]["interval"][1] < worst


def test_a_set_counts_once_however_many_labels_there_are():
    case = CASES["sets"]
    estimate = case.consolidation.estimate(case.votes(OBJECTS), case.job)
    assert {worker["sets"] for worker in estimate["workers"].values()} == {OBJECTS}


def test_the_share_of_right_decisions_about_labels_is_recovered():
    case, random = CASES["sets"], Random(11)
    labels = case.job.labels
    votes = []
    for number in range(600):
        truth = set(random.sample(labels, 1 + random.randrange(2)))
        for worker, error in (("ada", 0.05), ("bo", 0.1), ("cy", 0.2), ("di", 0.05), ("ed", 0.1)):
            chosen = [label for label in labels if (label in truth) != (random.random() < error)]
            if chosen:
                votes.append((number, worker, case.consolidation.vote(sets(chosen), case.job)))
    found = registry.get(case.job.task_type).estimated_quality(case.consolidation.estimate(votes, case.job))
    for worker, right in (("ada", 0.95), ("bo", 0.9), ("cy", 0.8)):
        assert found[worker].value == pytest.approx(right, abs=0.03)
