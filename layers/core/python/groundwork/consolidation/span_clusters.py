"""Spans of different workers that mean the same entity, by their overlap (spec: workflows §2.11, step 1)."""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.span_table import STRIDE, Spans, expanded
from groundwork.consolidation.vote_table import Indices

ALIKE = 0.5
"""Jaccard index from which two spans go into one cluster."""


def cluster_spans(spans: Spans) -> list[list[int]]:
    """Merge spans by falling Jaccard index, at most one of each worker in a cluster; labels play no part.

    Returns
    -------
    list[list[int]]
        Rows of `spans`, ascending within a cluster; clusters in the order of their first rows.
    """
    cluster = list(range(len(spans.start)))
    members = {row: [row] for row in cluster}
    workers = {row: {worker} for row, worker in enumerate(spans.worker_of.tolist())}
    for one, other in zip(*(rows.tolist() for rows in _alike_pairs(spans)), strict=True):
        into, gone = sorted((cluster[one], cluster[other]))
        if into == gone or workers[into] & workers[gone]:
            continue
        for row in members[gone]:
            cluster[row] = into
        members[into] += members.pop(gone)
        workers[into] |= workers.pop(gone)
    return [sorted(rows) for rows in members.values()]


def _alike_pairs(spans: Spans) -> tuple[Indices, Indices]:
    """Pairs of spans of one text by different workers that overlap enough, the most alike first in each text."""
    place = spans.object_of * STRIDE
    order = np.argsort(place + spans.start, kind="stable")
    starts = (place + spans.start)[order]
    # A later start than half the span leaves less than half in common.
    latest = starts + (spans.end - spans.start)[order] // 2
    one, other = expanded(np.arange(len(order)) + 1, np.searchsorted(starts, latest, side="right"))
    one, other = order[one], order[other]
    common = np.minimum(spans.end[one], spans.end[other]) - np.maximum(spans.start[one], spans.start[other])
    whole = np.maximum(spans.end[one], spans.end[other]) - np.minimum(spans.start[one], spans.start[other])
    jaccard = common / whole
    alike = (jaccard >= ALIKE) & (spans.worker_of[one] != spans.worker_of[other])
    first, second = np.minimum(one, other)[alike], np.maximum(one, other)[alike]
    falling = np.lexsort((second, first, -jaccard[alike], spans.object_of[first]))
    return first[falling], second[falling]
