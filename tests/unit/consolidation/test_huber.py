from __future__ import annotations

import numpy as np
import pytest
from groundwork.consolidation.huber import K, robust_mean, weighted_median
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.lists(st.floats(-100, 100), min_size=1, max_size=9)


def by_search(values, sigmas):
    """The minimum of Huber's loss, found by looking everywhere."""

    def loss(middle):
        z = np.abs(values - middle) / sigmas
        return np.where(z <= K, z**2 / 2, K * z - K**2 / 2).sum()

    places = np.linspace(values.min(), values.max(), 20_001)
    return places[np.argmin([loss(place) for place in places])]


@pytest.mark.parametrize("seed", range(8))
def test_it_is_the_minimum_of_hubers_loss(seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, 7) + np.array([0, 0, 0, 0, 0, 0, 30])
    sigmas = rng.uniform(0.5, 2, 7)
    found = robust_mean(values[:, np.newaxis], sigmas[:, np.newaxis], joint=False)
    assert found[0] == pytest.approx(by_search(values, sigmas), abs=0.01)


def test_one_far_off_hardly_moves_it():
    values = np.array([[10.0], [11.0], [12.0], [400.0]])
    assert 10.5 < robust_mean(values, np.ones((4, 1)), joint=False)[0] < 13


def test_the_more_exact_worker_counts_more():
    values, sigmas = np.array([[0.0], [10.0]]), np.array([[1.0], [3.0]])
    assert robust_mean(values, sigmas, joint=False)[0] == pytest.approx(1.0)


def test_equal_values_give_exactly_that_value():
    values = np.full((3, 4), 0.1)
    assert (robust_mean(values, np.array([[0.3], [0.7], [0.9]]), joint=False) == 0.1).all()


def test_a_point_is_an_outlier_as_a_whole():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.5], [0.5, 90.0]])
    apart, joint = (robust_mean(points, np.ones((4, 1)), joint=flag) for flag in (False, True))
    assert joint[1] < 2
    assert apart[0] == pytest.approx(0.5)


@given(NUMBERS, st.randoms())
def test_the_weighted_median_has_half_of_the_weight_on_either_side(values, chance):
    weights = np.array([chance.uniform(0.1, 3) for _ in values])
    numbers = np.array(values)
    (middle,) = weighted_median(numbers[:, np.newaxis], weights[:, np.newaxis])
    half = weights.sum() / 2 * (1 + 1e-9)
    assert weights[numbers < middle].sum() <= half
    assert weights[numbers > middle].sum() <= half


@given(NUMBERS)
def test_equal_weights_give_the_median(values):
    column = np.array(values)[:, np.newaxis]
    assert weighted_median(column, np.ones_like(column))[0] == pytest.approx(np.median(values))
