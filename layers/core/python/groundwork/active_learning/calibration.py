"""How often a prediction of some confidence is right, corrected by the held-out objects.

A line through the log odds (Platt, 1999) that begins as "confidence is what it says" and bends as far as the held-out
objects demand: with few of them, or with faultless ones, a free line would say nothing of use.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from groundwork.active_learning.arrays import Floats

DOUBT = 1.0
"""Standard deviation of the line's height and of its slope before anything is held out."""
STEPS = 50
CLOSE = 1e-10


def calibrated(confidence: Floats, quality: Floats, of: Floats) -> Floats:
    """Expect the quality of objects with confidences `of`, given held-out objects' confidences and qualities."""
    height, slope = _line(log_odds(confidence), quality)
    expected: Floats = expit(height + max(slope, 0.0) * log_odds(of))
    return expected


def log_odds(confidence: Floats) -> Floats:
    """Stretch confidences so that differences near 0 and 1 count."""
    inner = np.clip(confidence, 1e-9, 1 - 1e-9)
    odds: Floats = np.log(inner) - np.log1p(-inner)
    return odds


def _line(odds: Floats, quality: Floats) -> tuple[float, float]:
    """Find the likeliest height and slope, by Newton's method; the loss is convex."""
    columns = np.stack([np.ones(len(odds)), odds], axis=1)
    start = np.array([0.0, 1.0])
    line = start.copy()
    for _ in range(STEPS):
        expected = expit(columns @ line)
        slope = columns.T @ (expected - quality) + (line - start) / DOUBT**2
        curve = (columns.T * (expected * (1 - expected))) @ columns + np.eye(2) / DOUBT**2
        step = np.linalg.solve(curve, slope)
        # Far from the minimum a full step can overshoot.
        line = line - step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < CLOSE:
            break
    return float(line[0]), float(line[1])
