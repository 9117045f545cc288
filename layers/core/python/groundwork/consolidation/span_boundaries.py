"""Where entities begin and end: at boundaries that workers set, not where their marks happen to overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from groundwork.consolidation.span_model import Markers
from groundwork.consolidation.span_table import STRIDE, SpanTable, expanded, sums
from groundwork.consolidation.vote_table import Floats, Indices

if TYPE_CHECKING:
    from groundwork.consolidation.span_decoding import Runs

ALIKE = 0.5
"""Jaccard index from which a worker's span means the same entity as a run (spec: workflows §2.11)."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Start and end of each run; `kept` is false where a run is only a rest of others."""

    start: Indices
    end: Indices
    kept: NDArray[np.bool_]


def settle_boundaries(table: SpanTable, markers: Markers, runs: Runs) -> Boundaries:
    """Give each run the weighted medians of the starts and of the ends of the spans that mean it.

    A boundary that workers with more than half of the weight agree on is the median too. A run that no span means is
    where marks of different people just overlap. It stays as it is, unless it is the rest of a stretch in which spans
    mean something else.
    """
    object_of = table.object_of[runs.first]
    start, end = table.offset[runs.first], table.offset[runs.after]
    run, span = _alike(table, runs, object_of, start, end)
    weight = markers.mark_weight[table.spans.worker_of[span]]
    meant = np.bincount(run, minlength=len(start)) > 0
    stretches = sums(runs.within, meant.astype(np.float64), int(runs.within.max(initial=0)) + 1)
    start[meant] = weighted_medians(run, table.spans.start[span], weight)
    end[meant] = weighted_medians(run, table.spans.end[span], weight)
    return Boundaries(start, end, meant | (stretches[runs.within] == 0))


def weighted_medians(groups: Indices, values: Indices, weights: Floats) -> Indices:
    """Find the lower weighted median of each group there is, in ascending order of groups.

    All weights are above 0. Where every start lies before its end, so do their medians.
    """
    order = np.lexsort((values, groups))
    groups, values, weights = groups[order], values[order], weights[order]
    first = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(np.append(first, len(groups)))
    total = np.cumsum(weights)
    before = np.repeat(total[first] - weights[first], sizes)
    whole = np.repeat(np.append(total[first[1:] - 1], total[-1:]) if len(first) else total, sizes) - before
    reached = np.flatnonzero(total - before >= whole * (0.5 - 1e-9))
    _, lowest = np.unique(groups[reached], return_index=True)
    medians: Indices = values[reached[lowest]]
    return medians


def _alike(table: SpanTable, runs: Runs, object_of: Indices, start: Indices, end: Indices) -> tuple[Indices, Indices]:
    """Pair runs with the spans of their label that mean them; runs of one label don't overlap."""
    spans = table.spans
    labels = int(max(runs.label_of.max(initial=0), spans.label_of.max(initial=0))) + 1
    place = (object_of * labels + runs.label_of) * STRIDE
    span_place = (spans.object_of * labels + spans.label_of) * STRIDE
    lowest = np.searchsorted(place + end, span_place + spans.start, side="right")
    highest = np.searchsorted(place + start, span_place + spans.end, side="left")
    span, run = expanded(lowest, np.maximum(lowest, highest))
    common = np.minimum(end[run], spans.end[span]) - np.maximum(start[run], spans.start[span])
    whole = np.maximum(end[run], spans.end[span]) - np.minimum(start[run], spans.start[span])
    alike = common >= ALIKE * whole
    return run[alike], span[alike]
