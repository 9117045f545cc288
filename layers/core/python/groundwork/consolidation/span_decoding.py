"""From probabilities of segments to entities: runs of what is marked rightly, by label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundwork.consolidation.span_boundaries import settle_boundaries
from groundwork.consolidation.span_model import Markers, label_shares, probability_marked
from groundwork.consolidation.span_table import SpanTable, expanded, sums
from groundwork.consolidation.vote_table import Floats, Indices

HALF = 0.5 - 1e-9
"""Half of a weight or probability; what misses it by rounding noise has it."""


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities of many objects, sorted by object, start, end and label."""

    object_of: Indices
    start: Indices
    end: Indices
    label_of: Indices
    probability: Floats


@dataclass(frozen=True, slots=True)
class Runs:
    """Neighboring segments of one label, sorted by object, label and place; `after` is the segment after the last."""

    first: Indices
    after: Indices
    label_of: Indices
    within: Indices
    """Number of the run of entity segments, whatever their labels, that a run is part of."""


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels of segments: a row for each segment and label that someone gave it, sorted by both."""

    segment: Indices
    label_of: Indices
    share: Floats


def decode(table: SpanTable, markers: Markers, share: float, labels: int) -> Entities:
    """Choose the entities of each object.

    A segment is part of an entity with probability 1/2 or more. It has every label that more than half of its markers,
    by their weight, gave it, at least the one that most gave it. What a single worker was asked for stays as it is.
    """
    p = probability_marked(table, markers, share)
    alone = np.bincount(table.answer_object, minlength=len(table.objects)) == 1
    given = _given(table, markers, labels)
    holds = _prevailing(given) & ((p >= HALF) & ~alone[table.object_of])[given.segment]
    runs = _runs(table, markers, given.segment[holds], given.label_of[holds])
    settled = settle_boundaries(table, markers, runs)
    object_of = table.object_of[runs.first[settled.kept]]
    start, end, label_of = settled.start[settled.kept], settled.end[settled.kept], runs.label_of[settled.kept]
    probability = _means(table, p[given.segment] * given.share, given, (object_of, start, end, label_of))
    return _sorted(_as_they_are(table, p, alone), Entities(object_of, start, end, label_of, probability))


def _given(table: SpanTable, markers: Markers, labels: int) -> _Labels:
    shares, _ = label_shares(table, markers, labels)
    key, row = np.unique(table.label_segment * labels + table.label_of, return_index=True)
    segment, label_of = np.divmod(key, labels)
    return _Labels(segment, label_of, shares[row])


def _prevailing(given: _Labels) -> NDArray[np.bool_]:
    """Tell which labels have more than half of their segment's weight, or the most; of tied ones the first."""
    highest = np.zeros(int(given.segment.max(initial=-1)) + 1)
    np.maximum.at(highest, given.segment, given.share)
    leading = np.flatnonzero(given.share >= highest[given.segment] - 1e-9)
    _, first = np.unique(given.segment[leading], return_index=True)
    prevailing = given.share > 0.5 + 1e-9
    prevailing[leading[first]] = True
    return prevailing


def _runs(table: SpanTable, markers: Markers, segment: Indices, label_of: Indices) -> Runs:
    order = np.lexsort((segment, label_of, table.object_of[segment]))
    segment, label_of = segment[order], label_of[order]
    goes_on = (np.diff(segment, prepend=-2) == 1) & (np.diff(label_of, prepend=-1) == 0)
    goes_on &= ~_parted(table, markers, segment, label_of)
    first = np.flatnonzero(~goes_on)
    last = np.append(first[1:], len(segment)) - 1 if len(segment) else first
    on = np.unique(segment)
    within = np.cumsum(np.diff(on, prepend=-2) != 1)
    return Runs(segment[first], segment[last] + 1, label_of[first], within[np.searchsorted(on, segment[first])])


def _parted(table: SpanTable, markers: Markers, segment: Indices, label_of: Indices) -> NDArray[np.bool_]:
    """Whether most who gave both a segment and the one before it a label did so with two spans that touch."""
    labels, workers = int(table.label_of.max(initial=0)) + 1, len(table.workers)
    rows = (table.label_segment * labels + table.label_of) * workers + table.label_worker
    both = rows[np.isin(rows - labels * workers, rows, assume_unique=True)]
    spans = table.spans
    inner_first, after = table.segments_of(spans.object_of, spans.start, spans.end)
    span, inner = expanded(inner_first + 1, after)
    across = np.unique((inner * labels + spans.label_of[span]) * workers + spans.worker_of[span])
    if len(across) == len(both):
        return np.zeros(len(segment), dtype=bool)
    asked = segment * labels + label_of
    weight = markers.mark_weight

    def weights(keys: Indices) -> Floats:
        place, worker = np.divmod(keys, workers)
        order = np.argsort(asked, kind="stable")
        row = np.searchsorted(asked, place, sorter=order)
        known = row < len(asked)
        known[known] = asked[order[row[known]]] == place[known]
        return sums(order[row[known]], weight[worker[known]], len(asked))

    return weights(both) - weights(across) > weights(across) + 1e-9


def _means(table: SpanTable, values: Floats, given: _Labels, places: tuple[Indices, ...]) -> Floats:
    """Average values of rows of `given` over the characters of entities; segments without the label count as 0."""
    object_of, start, end, label_of = places
    labels = int(given.label_of.max(initial=0)) + 1
    entity, segment = expanded(*table.segments_of(object_of, start, end))
    keys, wanted = given.segment * labels + given.label_of, segment * labels + label_of[entity]
    row = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    value = np.where(keys[row] == wanted, values[row], 0)
    means: Floats = sums(entity, table.length[segment] * value, len(start)) / np.maximum(end - start, 1)
    return means


def _as_they_are(table: SpanTable, p: Floats, alone: NDArray[np.bool_]) -> Entities:
    spans = table.spans
    rows = np.flatnonzero(alone[spans.object_of])
    object_of, start, end = spans.object_of[rows], spans.start[rows], spans.end[rows]
    span, segment = expanded(*table.segments_of(object_of, start, end))
    mean = sums(span, (p * table.length)[segment], len(rows)) / np.maximum(end - start, 1)
    return Entities(object_of, start, end, spans.label_of[rows], mean)


def _sorted(*parts: Entities) -> Entities:
    """Put entities in order; of equal ones the most probable stays."""
    columns = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("object_of", "start", "end", "label_of", "probability")
    ]
    order = np.lexsort((-columns[4], columns[3], columns[2], columns[1], columns[0]))
    ordered = [column[order] for column in columns]
    differs = np.any([np.diff(column) != 0 for column in ordered[:4]], axis=0)
    first = np.append(True, differs)[: len(order)]
    return Entities(*(column[first] for column in ordered))
