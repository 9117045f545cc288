from __future__ import annotations

import math

import numpy as np
import pytest
from groundwork.consolidation.label_prior import LabelPrior
from groundwork.consolidation.learned_prior import Lean, digamma, refit, refit_row, row_start
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import psi


@given(st.floats(1e-6, 1e8))
def test_digamma_is_that_of_scipy(value):
    assert float(digamma(value)) == pytest.approx(float(psi(value)), rel=1e-9, abs=1e-9)


def fitted(right, wrong):
    lean = Lean()
    for _ in range(200):
        lean = refit(lean, np.array(right, dtype=float), np.array(wrong, dtype=float))
    return lean


def log_posterior(lean, right, wrong):
    """Beta-binomial likelihood of all workers, and the gamma prior of which the start is the mode."""
    start = Lean()
    value = start.right * math.log(lean.right) - lean.right + start.wrong * math.log(lean.wrong) - lean.wrong
    for hits, misses in zip(right, wrong, strict=True):
        value += math.lgamma(lean.right + hits) - math.lgamma(lean.right)
        value += math.lgamma(lean.wrong + misses) - math.lgamma(lean.wrong)
        value -= math.lgamma(lean.strength + hits + misses) - math.lgamma(lean.strength)
    return value


def test_the_fit_is_the_most_likely_prior():
    right, wrong = [9, 5, 8, 2, 10, 7], [1, 5, 2, 8, 0, 3]
    lean = fitted(right, wrong)
    best = log_posterior(lean, right, wrong)
    for right_step, wrong_step in [(0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05)]:
        assert log_posterior(Lean(lean.right + right_step, lean.wrong + wrong_step), right, wrong) < best


def test_a_crowd_of_equals_is_worth_more_answers_than_a_mixed_one():
    equals, mixed = fitted([8] * 40, [2] * 40), fitted([10, 6] * 20, [0, 4] * 20)
    assert equals.strength > 2 * mixed.strength
    assert equals.right / equals.strength == pytest.approx(0.8, abs=0.03)


def test_without_workers_the_start_stays():
    assert fitted([], []) == Lean()
    row = row_start(1, 3)
    none = np.zeros(0)
    assert refit_row(row, 1, np.zeros(0, np.int64), none, none) == pytest.approx(row)


def test_the_usual_wrong_label_is_learned():
    given, counts, totals = np.array([0, 2] * 20), np.array([6.0, 4.0] * 20), np.full(20, 10.0)
    row = row_start(0, 4)
    for _ in range(50):
        row = refit_row(row, 0, given, counts, totals)
    assert row[0] > row[2] > 10 * row[1]
    assert row[1] == row[3] > 0


@given(st.lists(st.floats(1e-3, 50), min_size=1, max_size=6))
def test_a_stored_prior_is_read_back(values):
    row = np.array(values)
    stored = LabelPrior.model_validate_json(LabelPrior.of(row).model_dump_json())
    np.testing.assert_allclose(stored.row(len(row)), row, atol=2e-3)
