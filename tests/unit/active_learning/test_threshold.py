from __future__ import annotations

import numpy as np
import pytest
from groundwork.active_learning.threshold import HeldOut, convincible, lowest, thresholds
from groundwork.active_learning.violation import violation

TARGET, RISK = 0.9, 0.01


def drawn(seed, objects=600):
    """Confidences, and qualities that are better where confidence is higher."""
    chance = np.random.default_rng(seed)
    confidence = np.round(chance.uniform(0.4, 1, objects), 3)
    return confidence, (chance.uniform(size=objects) < confidence).astype(float)


def laid_out(seed, least=1):
    confidence, quality = drawn(seed)
    held_out, others = HeldOut(confidence[:400], quality[:400]), confidence[400:]
    return held_out, [test for test in thresholds(held_out, others, least) if convincible(test, TARGET, RISK)]


@pytest.mark.parametrize("seed", range(5))
def test_the_threshold_is_the_last_before_the_first_that_fails(seed):
    held_out, sequence = laid_out(seed)
    passes = [violation(held_out.above(test.confidence), test.kept, TARGET) <= RISK for test in sequence]
    found = lowest(held_out, sequence, TARGET, RISK)
    first_failure = passes.index(False) if False in passes else len(passes)
    assert found == (sequence[first_failure - 1] if first_failure else None)


def test_thresholds_fall_and_keep_ever_more():
    held_out, others = HeldOut(np.array([0.9, 0.8, 0.8, 0.5]), np.ones(4)), np.array([0.8, 0.7, 0.7, 0.6])
    found = thresholds(held_out, others, least_kept=2)
    assert [(test.confidence, test.kept, test.validated) for test in found] == [(0.7, 3, 3), (0.5, 4, 4)]


def test_where_they_lie_does_not_hang_on_qualities():
    confidence, quality = drawn(3)
    one, other = (
        thresholds(HeldOut(confidence[:400], each[:400]), confidence[400:], 20) for each in (quality, 1 - quality)
    )
    assert one == other


def test_a_bad_model_finds_no_threshold():
    held_out, sequence = laid_out(1)
    assert lowest(HeldOut(held_out.confidence, np.zeros(400)), sequence, TARGET, RISK) is None


def test_too_few_held_out_objects_can_not_convince():
    held_out = HeldOut(np.full(20, 0.9), np.ones(20))
    assert not any(convincible(test, TARGET, RISK) for test in thresholds(held_out, np.full(100, 0.9), 1))


def test_a_wrong_threshold_is_chosen_no_more_often_than_the_risk():
    """Confidences tell nothing here, and the share of right ones is just below the target: each choice is wrong."""
    chance, chosen, runs = np.random.default_rng(7), 0, 1_000
    for _ in range(runs):
        confidence, quality = chance.uniform(size=900), (chance.uniform(size=900) < TARGET - 0.005).astype(float)
        held_out, others = HeldOut(confidence[:300], quality[:300]), confidence[300:]
        sequence = [test for test in thresholds(held_out, others, 1) if convincible(test, TARGET, 0.05)]
        found = lowest(held_out, sequence, TARGET, 0.05)
        chosen += found is not None and quality[300:][others >= found.confidence].mean() < TARGET
    assert chosen / runs <= 0.05
