from __future__ import annotations

from math import comb, floor

import numpy as np
import pytest
from groundwork.active_learning.violation import least_mean, violation, violation_by_count


def binomial(count, share):
    return [comb(count, k) * share**k * (1 - share) ** (count - k) for k in range(count + 1)]


def by_counting(validated, wrong, open_objects, target):
    """The worst share of wrong objects, searched everywhere, with sums of single probabilities."""
    most = floor((1 - target) * open_objects + 1e-9)

    def both(share):
        return sum(binomial(validated, share)[: wrong + 1]) * sum(binomial(open_objects, share)[most + 1 :])

    return max(both(share) for share in np.linspace(0, 1, 2_001))


@pytest.mark.parametrize(
    ("validated", "wrong", "open_objects", "target"),
    [(20, 0, 30, 0.9), (20, 2, 30, 0.9), (40, 1, 5, 0.8), (7, 3, 60, 0.5), (60, 0, 3, 0.95), (1, 0, 1, 0.9)],
)
def test_it_is_the_worst_probability_of_a_broken_promise(validated, wrong, open_objects, target):
    expected = by_counting(validated, wrong, open_objects, target)
    assert violation_by_count(validated, wrong, open_objects, target) == pytest.approx(expected, rel=1e-3)


def test_with_many_open_objects_it_is_the_clopper_pearson_bound():
    assert violation_by_count(90, 0, 10**7, 0.95) == pytest.approx(0.95**90, rel=0.03)
    assert violation_by_count(90, 0, 10**7, 0.95) <= 0.01 < violation_by_count(88, 0, 10**7, 0.95)


@pytest.mark.parametrize("share", [0.02, 0.05, 0.08, 0.1, 0.12, 0.2])
def test_a_promise_is_broken_no_more_often_than_the_risk(share):
    validated, open_objects, target, risk = 80, 50, 0.9, 0.05
    passing = [k for k in range(validated + 1) if violation_by_count(validated, k, open_objects, target) <= risk]
    broken = sum(binomial(open_objects, share)[6:])
    assert sum(binomial(validated, share)[k] for k in passing) * broken <= risk


def test_it_grows_with_errors_and_with_the_target_and_falls_with_the_sample():
    by_wrong = [violation_by_count(200, wrong, 1_000, 0.95) for wrong in range(12)]
    by_target = [violation_by_count(200, 3, 1_000, target) for target in (0.9, 0.95, 0.97, 0.99)]
    by_sample = [violation_by_count(count, 3, 1_000, 0.95) for count in (400, 200, 100, 50)]
    for sequence in (by_wrong, by_target, by_sample):
        assert sequence == sorted(sequence)


def test_nothing_held_out_tells_nothing_and_no_open_object_can_disappoint():
    assert violation(np.empty(0), 100, 0.95) > 0.9
    assert violation(np.zeros(5), 0, 0.95) == 0


def test_the_least_mean_is_where_the_violation_meets_the_risk():
    quality = np.array([1.0] * 197 + [0.0] * 3)
    bound = least_mean(quality, 1_000, 0.01)
    assert violation(quality, 1_000, bound) <= 0.01 < violation(quality, 1_000, bound + 0.003)


@pytest.mark.parametrize("spread", [0.05, 0.3, 0.5])
def test_bets_on_qualities_between_0_and_1_seldom_win_against_open_objects_that_miss_the_target(spread):
    chance, won = np.random.default_rng(5), 0
    for _ in range(400):
        population = np.clip(chance.normal(0.7, spread, 300), 0, 1)
        population += min(0.0, 0.7 - population.mean())
        population = np.clip(population, 0, 1)
        drawn = chance.permutation(population)
        held, rest = drawn[:150], drawn[150:]
        won += violation(held, len(rest), 0.7) <= 0.05 and rest.mean() < 0.7
    assert won <= 30


def test_bets_find_out_that_open_objects_are_good():
    quality = np.clip(np.random.default_rng(1).normal(0.8, 0.1, 120), 0, 1)
    assert violation(quality, 1_000, 0.7) < 0.01
    assert violation(quality, 1_000, 0.85) == 1
    assert 0.7 < least_mean(quality, 1_000, 0.01) < quality.mean()
