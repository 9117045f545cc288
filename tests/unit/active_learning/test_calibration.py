from __future__ import annotations

import numpy as np
import pytest
from groundwork.active_learning.calibration import calibrated, log_odds
from scipy.special import expit


def test_without_held_out_objects_confidence_is_what_it_says():
    confidence = np.array([0.2, 0.5, 0.99])
    assert calibrated(np.empty(0), np.empty(0), confidence) == pytest.approx(confidence)


def test_it_finds_the_likeliest_line():
    chance = np.random.default_rng(0)
    confidence = chance.uniform(0.5, 1, 300)
    quality = (chance.uniform(size=300) < 0.8 * confidence).astype(float)

    def loss(height, slope):
        odds = height + slope * log_odds(confidence)
        unlikely = np.logaddexp(0, odds) - quality * odds
        return unlikely.sum() + (height**2 + (slope - 1) ** 2) / 2

    lines = [(height, slope) for height in np.linspace(-2, 2, 81) for slope in np.linspace(0, 2, 81)]
    height, slope = min(lines, key=lambda line: loss(*line))
    expected = expit(height + slope * log_odds(np.array([0.6, 0.9])))
    assert calibrated(confidence, quality, np.array([0.6, 0.9])) == pytest.approx(expected, abs=0.02)


def test_where_the_surest_are_the_worst_confidence_counts_for_nothing():
    confidence = np.linspace(0.5, 0.999, 400)
    found = calibrated(confidence, (confidence < 0.8).astype(float), np.array([0.6, 0.99]))
    assert found[0] == found[1]


@pytest.mark.parametrize("quality", [0.0, 1.0])
def test_confidences_of_0_and_1_and_qualities_all_alike_are_no_trouble(quality):
    found = calibrated(np.array([0.0, 1.0, 1.0]), np.full(3, quality), np.array([0.0, 0.5, 1.0]))
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()
