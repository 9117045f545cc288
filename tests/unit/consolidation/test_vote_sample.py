from __future__ import annotations

import random

from groundwork.consolidation.vote_sample import sampled

VOTES = [(number, worker, [number] * (number % 4)) for number in range(1_000) for worker in "abc"]


def test_a_job_that_is_small_enough_is_kept_whole():
    assert list(sampled(iter(VOTES), 4_500)) == VOTES


def test_of_a_large_job_whole_objects_all_over_it_are_kept_up_to_the_limit():
    kept = sampled(VOTES, 900)
    objects = {number for number, _, _ in kept}
    assert kept == [vote for vote in VOTES if vote[0] in objects]
    assert 880 < sum(len(spans) for _, _, spans in kept) <= 900
    assert all(any(number in objects for number in range(first, first + 50)) for first in range(0, 1_000, 50))


def test_the_order_of_votes_does_not_matter():
    shuffled = random.Random(3).sample(VOTES, len(VOTES))
    assert sorted(sampled(shuffled, 900)) == sorted(sampled(VOTES, 900))


def test_one_object_is_kept_however_large_it_is():
    assert sampled([(7, "a", [1] * 50), (7, "b", [1] * 50)], 10) == [(7, "a", [1] * 50), (7, "b", [1] * 50)]


def test_objects_that_tell_more_are_kept_before_all_others():
    foremost = range(3, 1_000, 50)
    kept = {number for number, _, _ in sampled(VOTES, 900, foremost=foremost)}
    assert kept >= set(foremost)
    assert len(kept) > 2 * len(foremost)
