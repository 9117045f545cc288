"""How long the rounds of EM go on where no objective is computed."""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.vote_table import Floats, VoteTable

MOST_ROUNDS = 30
STILL = 1e-4
"""Share of the labels that still moves, below which nothing moves any more."""
STILL_AT_REST = 1e-6
"""The same where the rounds are to end where they would end anyway, and not on the way."""
MOST_ROUNDS_TO_REST = 500
VOTES_TO_REST = 100_000_000
"""Votes that are gone through in all rounds together: tens of seconds."""
LEAST_ROUNDS = 10
"""Even if there are more votes than that."""


def rounds_to_rest(table: VoteTable) -> int:
    """Limit the rounds by what they cost: a few hundred thousand votes come to rest, ten million on the way there."""
    return max(LEAST_ROUNDS, min(MOST_ROUNDS_TO_REST, VOTES_TO_REST // max(1, len(table.object_of))))


def stands_still(before: Floats, after: Floats, still: float = STILL) -> bool:
    """Tell whether a round changed next to no label, parts of labels counted; both of shape (labels, objects)."""
    moved = sum(float(np.abs(later - earlier).sum()) for earlier, later in zip(before, after, strict=True)) / 2
    return moved <= still * max(1, len(before.T))
