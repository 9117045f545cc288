"""Which data objects people label next: unsure ones to learn from, and a lot's choice to judge by."""

from __future__ import annotations

import numpy as np

from groundwork.active_learning.arrays import Floats, Indices
from groundwork.active_learning.outlook import Outlook
from groundwork.active_learning.round import NextPeople

STREAM = 0.2
"""Of a round, those that a lot chooses while the model is still learning (spec: workflows §3.6)."""
MOST_AT_RANDOM = 0.5
"""Of a round, while there may be something to learn."""


def at_random(size: int, hope: Outlook | None) -> int:
    """Split a round of `size` objects: how many a lot chooses; no hope while the model does not trust itself."""
    if hope is None or hope.further == 0:
        return round(STREAM * size)
    if hope.people - hope.further <= size:
        # The model is good enough; only certainty is missing.
        return min(size, max(hope.further, round(STREAM * size)))
    return round(min(max(hope.further, STREAM * size), MOST_AT_RANDOM * size))


def next_people(open_rows: Indices, confidence: Floats, size: int, drawn: int, lot: np.random.Generator) -> NextPeople:
    """Choose the least sure of the open objects, then draw `drawn` from the others.

    `open_rows` are in the order of their lots, `confidence` is theirs.
    """
    order = np.argsort(confidence, kind="stable")
    chosen, others = order[: size - drawn], np.sort(order[size - drawn :])
    random = lot.permutation(others)[:drawn]
    rows = open_rows[np.concatenate([chosen, random])]
    return NextPeople(rows, np.arange(len(rows)) >= len(chosen))
