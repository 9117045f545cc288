"""Known answers of gold objects in the estimate of the crowd."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.dawid_skene import dawid_skene
from groundwork.consolidation.vote_table import VoteTable
from groundwork.task_types import registry
from groundwork.task_types.task_type import GOLD_VOTER, Answer, AnsweredObject

from tests.formats.jobs import NOW, image_job

LABELS = ("boat", "buoy", "net")
KNOW_WORKERS = ("default", "one-coin", "dawid-skene")


def crowd(seed, objects=120):
    """Two good workers, and three who say the same of everything."""
    random = Random(seed)
    truth = {number: random.randrange(3) for number in range(objects)}
    votes = []
    for number, label in truth.items():
        for worker in ("ada", "bo"):
            votes.append((number, worker, label if random.random() < 0.95 else random.randrange(3)))
        for worker in ("cy", "di", "ed"):
            votes.append((number, worker, 0))
    return truth, votes


def accuracy(algorithm, truth, votes, gold):
    job, task_type = image_job(labels=LABELS, workers_per_object=5), registry.get("ImageMultiClass")
    consolidation = task_type.consolidation_by(algorithm)
    given = {number: [] for number in truth}
    for number, worker, label in votes:
        given[number].append(Answer(worker, {"crowd-image-classifier": {"label": LABELS[label]}}))
    known = [(number, GOLD_VOTER, truth[number]) for number in gold]
    estimate = consolidation.estimate([*known, *votes], job)
    objects = [AnsweredObject(number, tuple(answers), "s3://unused") for number, answers in given.items()]
    labels = consolidation.consolidate(objects, estimate, job, NOW)
    return np.mean([label.content["kind"] == truth[label.object_id] for label in labels if label.object_id not in gold])


@pytest.mark.parametrize("algorithm", ["default", "one-coin"])
def test_gold_shows_that_a_majority_is_wrong_together(algorithm):
    truth, votes = crowd(1)
    gold = [number for number in truth if number % 2 == 0]
    without, with_gold = accuracy(algorithm, truth, votes, []), accuracy(algorithm, truth, votes, gold)
    assert without < 0.5
    assert with_gold > 0.9


@pytest.mark.parametrize("algorithm", KNOW_WORKERS)
def test_the_order_of_votes_and_gold_does_not_matter(algorithm):
    truth, votes = crowd(2, 30)
    consolidation = registry.get("ImageMultiClass").consolidation_by(algorithm)
    every = [*votes, *((number, GOLD_VOTER, truth[number]) for number in range(0, 30, 3))]
    shuffled = Random(3).sample(every, len(every))
    assert consolidation.estimate(every, image_job()) == consolidation.estimate(shuffled, image_job())


@pytest.mark.parametrize("algorithm", [*CROWD_ESTIMATES])
def test_gold_that_nobody_answered_changes_nothing(algorithm):
    _, votes = crowd(4, 20)
    model = CROWD_ESTIMATES[algorithm]
    plain = model.of(VoteTable.build(votes, 3), 3)
    assert model.of(VoteTable.build(votes, 3, {999: 1}), 3) == plain
    assert model.of(VoteTable.build(votes, 3, {}), 3) == plain


def test_dawid_skene_counts_gold_as_certain_and_its_objective_never_falls():
    truth, votes = crowd(5)
    gold = {number: truth[number] for number in range(0, 120, 5)}
    estimate = dawid_skene(VoteTable.build(votes, 3, gold), 3)
    posterior = estimate.posterior[:, list(gold)]
    assert (posterior.argmax(axis=0) == list(gold.values())).all()
    assert (posterior.max(axis=0) == 1).all()
    assert (np.diff(estimate.objectives) > -1e-9).all()


@pytest.mark.parametrize("algorithm", KNOW_WORKERS)
def test_gold_against_which_everybody_votes_gives_a_finite_estimate(algorithm):
    votes = [(number, worker, 0) for number in range(4) for worker in ("ada", "bo")]
    estimate = CROWD_ESTIMATES[algorithm].of(VoteTable.build(votes, 2, dict.fromkeys(range(4), 1)), 2)
    posterior = estimate.posterior(VoteTable.build(votes, 2))
    assert np.isfinite(posterior).all()
    assert posterior.sum(axis=0) == pytest.approx(1)
