from __future__ import annotations

import pytest
from groundwork.quality.beta_interval import beta_distribution, beta_interval
from scipy.special import betainc, betaincinv


@pytest.mark.parametrize(
    ("right", "wrong"), [(0, 0), (3, 0), (0, 7.5), (45.25, 5), (990, 10), (123456, 0.5), (1e6, 1e6)]
)
def test_the_interval_is_that_of_scipy(right, wrong):
    low, high = beta_interval(right, wrong)
    assert low == pytest.approx(betaincinv(right + 1, wrong + 1, 0.025), abs=1e-9)
    assert high == pytest.approx(betaincinv(right + 1, wrong + 1, 0.975), abs=1e-9)


@pytest.mark.parametrize("x", [-1, 0, 1e-9, 0.2, 0.5, 0.999, 1, 2])
def test_the_distribution_is_that_of_scipy(x):
    assert beta_distribution(x, 2.5, 7) == pytest.approx(betainc(2.5, 7, min(1, max(0, x))), abs=1e-12)
