"""What earlier jobs showed of workers enters the estimates, and gives way where it no longer holds."""

from __future__ import annotations

import json

import numpy as np
import pytest
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.earlier_answers import UNCHANGED, EarlierAnswers
from groundwork.consolidation.learned_prior import Lean, log_gamma
from groundwork.consolidation.majority_vote import most_likely
from groundwork.consolidation.vote_table import VoteTable
from scipy.special import betaln, gammaln

LABELS = 3
KNOWING = ["default", "one-coin", "dawid-skene"]
GOOD, BAD = 0.95, 0.35
NEVER_BELOW = 0.02


def shown(rate, answers=50, labels=LABELS):
    """Counts of a worker who is right at a rate, and wrong in all ways alike."""
    wrong = (1 - rate) / (labels - 1)
    return tuple(
        (truth, given, answers / labels * (rate if truth == given else wrong))
        for truth in range(labels)
        for given in range(labels)
    )


def crowd(seed, rates, objects=100, labels=LABELS, workers=3):
    """True labels, and votes of some workers on each object."""
    random = np.random.default_rng(seed)
    truth = random.integers(labels, size=objects)
    votes = [
        (
            number,
            f"w{worker}",
            int(true if random.random() < rates[worker] else (true + random.integers(1, labels)) % labels),
        )
        for number, true in enumerate(truth)
        for worker in random.choice(len(rates), workers, replace=False)
    ]
    return truth, votes


def share_right(algorithm, truth, votes, earlier, labels=LABELS):
    table = VoteTable.build(votes, labels)
    estimate = CROWD_ESTIMATES[algorithm].of(table, labels, earlier)
    return float((most_likely(estimate.posterior(table)) == truth).mean())


def gain(algorithm, now, before, **shape):
    """Points that knowing `before` is worth where workers are as `now`, over several crowds."""
    labels = shape.get("labels", LABELS)
    earlier = {f"w{worker}": shown(rate, labels=labels) for worker, rate in enumerate(before) if rate is not None}
    found = []
    for seed in range(12):
        truth, votes = crowd(seed, now, **shape)
        found.append([share_right(algorithm, truth, votes, known, labels) for known in (earlier, {})])
    with_it, without = np.mean(found, axis=0)
    return with_it - without


def test_the_logarithm_of_gamma_is_scipys():
    values = np.array([1e-6, 0.3, 1, 2, 7.5, 60, 4321.5])
    np.testing.assert_allclose(log_gamma(values), gammaln(values), rtol=1e-12, atol=1e-11)


def test_trust_weighs_the_worker_as_before_against_anybody():
    table = VoteTable.build([(0, "ada", 0), (0, "bo", 0)], LABELS)
    earlier = EarlierAnswers.of(table, LABELS, {"ada": ((0, 0, 18.0), (0, 1, 2.0))})
    right, given, lean = np.array([1.5, 7.0]), np.array([10.0, 10.0]), Lean(3.0, 1.0)
    as_before = betaln(3 + 18 + 1.5, 1 + 2 + 8.5) - betaln(3 + 18, 1 + 2)
    as_anybody = betaln(3 + 1.5, 1 + 8.5) - betaln(3, 1)
    odds = UNCHANGED / (1 - UNCHANGED) * np.exp(as_before - as_anybody)
    assert odds < 0.03, "nine wrong of ten are not somebody who is right nine times of ten"
    np.testing.assert_allclose(earlier.trust(right, given, lean), [odds / (1 + odds), UNCHANGED], rtol=1e-9)


@pytest.mark.parametrize("algorithm", KNOWING)
def test_who_is_not_in_the_job_changes_nothing(algorithm):
    _, votes = crowd(1, (0.9, 0.7, 0.6, 0.8))
    table = VoteTable.build(votes, LABELS)
    of = CROWD_ESTIMATES[algorithm].of
    assert of(table, LABELS, {"zoe": shown(GOOD)}).to_json() == of(table, LABELS).to_json()


@pytest.mark.parametrize("algorithm", ["default", "one-coin"])
def test_one_who_was_right_is_believed_against_two_who_guess(algorithm):
    truth, votes = crowd(4, (1.0, 0.25, 0.25), objects=16, labels=4)
    outvoted = [
        number for number in range(16) if len({given for at, who, given in votes if at == number and who != "w0"}) == 1
    ]
    assert len(outvoted) > 2, "the majority is wrong here and there"
    for known, expected in (({}, False), ({"w0": shown(GOOD, answers=20, labels=4)}, True)):
        assert (share_right(algorithm, truth, votes, known, labels=4) > 0.8) == expected


def test_the_majority_knows_nobody():
    _, votes = crowd(1, (0.9, 0.7, 0.6, 0.8))
    table = VoteTable.build(votes, LABELS)
    of = CROWD_ESTIMATES["majority-vote"].of
    assert of(table, LABELS, {"w0": shown(BAD)}).to_json() == of(table, LABELS).to_json()


@pytest.mark.parametrize("algorithm", KNOWING)
def test_a_small_job_gains_by_knowing_its_workers(algorithm):
    rates = (0.95, 0.9, 0.8, 0.5, 0.4, 0.4)
    assert gain(algorithm, rates, rates, objects=50) > 0.01


@pytest.mark.parametrize("algorithm", KNOWING)
@pytest.mark.parametrize("labels", [2, 4])
@pytest.mark.parametrize(
    ("now", "before"),
    [
        pytest.param((0.5, 0.9, 0.8, 0.8, 0.7, 0.8), (GOOD, *[None] * 5), id="one got worse among new ones"),
        pytest.param((GOOD, 0.9, 0.8, 0.8, 0.7, 0.8), (BAD, *[None] * 5), id="one improved among new ones"),
        pytest.param((0.9,) * 3 + (0.5,) * 3, (0.5,) * 3 + (0.9,) * 3, id="everybody changed"),
        pytest.param((0.85,) * 6, (0.4,) * 6, id="everybody had misunderstood"),
    ],
)
def test_what_no_longer_holds_costs_next_to_nothing(algorithm, labels, now, before):
    assert gain(algorithm, now, before, objects=100, labels=labels) > -NEVER_BELOW


@pytest.mark.parametrize("algorithm", KNOWING)
def test_batches_are_labeled_from_the_stored_estimate_alone(algorithm):
    _, votes = crowd(3, (0.9, 0.7, 0.6, 0.5))
    table = VoteTable.build(votes, LABELS)
    kind = CROWD_ESTIMATES[algorithm]
    estimate = kind.of(table, LABELS, {"w0": shown(GOOD), "w3": shown(BAD)})
    stored = kind.model_validate(json.loads(json.dumps(estimate.to_json())))
    whole = stored.posterior(table)
    part = VoteTable.build([vote for vote in votes if vote[0] < 10], LABELS)
    np.testing.assert_allclose(stored.posterior(part), whole[:, :10], rtol=1e-12)


def test_the_estimate_says_what_counts_of_the_earlier_jobs():
    _, votes = crowd(3, (0.95, 0.7, 0.6, 0.35), objects=200)
    table = VoteTable.build(votes, LABELS)
    estimate = CROWD_ESTIMATES["default"].of(table, LABELS, {"w0": shown(GOOD), "w3": shown(GOOD)}).to_json()
    counted = {worker: sum(count for *_, count in counts) for worker, counts in estimate["earlier"].items()}
    assert counted["w0"] > 45, "borne out"
    assert counted.get("w3", 0) < 5, "changed"
    assert estimate["accuracy"]["w0"][1] > estimate["accuracy"]["w1"][1] + 30
