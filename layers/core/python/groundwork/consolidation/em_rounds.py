"""How long the rounds of EM go on where no objective is computed."""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.vote_table import Floats

MOST_ROUNDS = 30
STILL = 1e-4
"""Share of the labels that still moves, below which nothing moves any more."""


def stands_still(before: Floats, after: Floats) -> bool:
    """Tell whether a round changed next to no label, parts of labels counted; both of shape (labels, objects)."""
    moved = float(np.abs(after - before).sum()) / 2
    return moved <= STILL * max(1, len(before.T))
