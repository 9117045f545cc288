"""Which data objects people label next: unsure ones to learn from, and a lot's choice to judge by."""

from __future__ import annotations

import math

import numpy as np

from groundwork.active_learning.arrays import Floats, Indices
from groundwork.active_learning.outlook import Outlook
from groundwork.active_learning.round import NextPeople

STREAM = 0.2
"""Of a round, those that a lot chooses while the model is still learning (spec: workflows §3.6)."""
MOST_AT_RANDOM = 0.5
"""Of a round, while there may be something to learn."""


def split(size: int, hope: Outlook | None) -> tuple[int, int]:
    """Split a round of at most `size` objects: how many the model chooses, and how many a lot.

    No hope: the model does not trust itself yet.
    """
    stream = math.ceil(STREAM * size)
    if hope is None or hope.further == 0:
        return size - stream, stream
    if hope.people - hope.further <= size:
        # The model is good enough; only certainty is missing.
        return 0, min(size, max(hope.further, stream))
    drawn = math.ceil(min(max(hope.further, stream), MOST_AT_RANDOM * size))
    return size - drawn, drawn


def next_people(
    open_rows: Indices, confidence: Floats, shares: tuple[int, int], lot: np.random.Generator
) -> NextPeople:
    """Choose the least sure of the open objects, then draw from the others, as many as `shares` says of each.

    `open_rows` are in the order of their lots, `confidence` is theirs.
    """
    chosen, drawn = shares
    order = np.argsort(confidence, kind="stable")
    random = lot.permutation(np.sort(order[chosen:]))[:drawn]
    rows = open_rows[np.concatenate([order[:chosen], random])]
    return NextPeople(rows, np.arange(len(rows)) >= chosen)
