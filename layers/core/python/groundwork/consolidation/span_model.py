"""How thoroughly each worker marks, and what of each text is marked rightly.

Two-class Dawid-Skene over the segments of all texts (Dawid & Skene 1979; for character annotations as in Nguyen et al.,
Aggregating and Predicting Sequence Labels from Crowd Annotations, 2017, without their chain). A segment belongs to an
entity with probability p; worker j marks a part of an entity with probability s_j, his sensitivity, and any other part
of the text with probability f_j. Everything a worker left blank counts too: what few people mark in a long text is
likely to be right, since f_j is small there.

    p ∝ π Π_marked s_j Π_blank (1 - s_j)        1 - p ∝ (1 - π) Π_marked f_j Π_blank (1 - f_j)

Of gold objects p is known, and so is whether a label is right.

Amounts of text are measured in average spans, so that the priors are worth so many decisions of a worker. The priors
lean to what the whole crowd does, which itself starts from 0.7 and 0.1 (spec: workflows §2.9): most workers of a job
answer few of its objects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.span_table import SpanTable, sums
from groundwork.consolidation.vote_table import Floats

SENSITIVITY, FALSE_MARKS, ACCURACY = 0.7, 0.1, 0.7
"""Of a worker of whom nothing is known: s, f, and how often the label of a mark is right."""
SHARE = 0.1
"""π without an estimate: the part of a text that belongs to entities. An estimate begins with no opinion on it."""
STRENGTH = 4.0
"""How many spans a prior is worth."""
MOST_ROUNDS = 200
LABEL_ROUNDS = 20
TOLERANCE = 1e-6
SLIGHTEST = 1e-3
"""Least weight of a worker's word on labels and boundaries: where all are bad, all count alike."""


@dataclass(frozen=True, slots=True)
class Markers:
    """Workers by worker number; the crowd's average stands for those never seen."""

    sensitivity: Floats
    false_marks: Floats
    accuracy: Floats

    @classmethod
    def unknown(cls, count: int) -> Markers:
        """So many workers of whom nothing is known."""
        return cls(np.full(count, SENSITIVITY), np.full(count, FALSE_MARKS), np.full(count, ACCURACY))

    @property
    def mark_weight(self) -> Floats:
        """What a mark adds to the log-odds, at least `SLIGHTEST`."""
        return np.maximum(np.log(self.sensitivity / self.false_marks), SLIGHTEST)

    def label_weight(self, labels: int) -> Floats:
        """Log-odds of a chosen label under one accuracy a worker (spec: workflows §2.5), at least `SLIGHTEST`."""
        odds = self.accuracy / (1 - self.accuracy) * max(1, labels - 1)
        return np.maximum(np.log(odds), SLIGHTEST)


@dataclass(frozen=True, slots=True)
class SpanEstimate:
    """The workers of a job, and the crowd they are of."""

    markers: Markers
    crowd: Markers
    """One entry: the average worker."""
    share: float
    rounds: int
    converged: bool


def estimate_markers(table: SpanTable, labels: int) -> SpanEstimate:
    """Estimate workers and entities together by MAP-EM; what is known of gold objects stays as it is known."""
    markers, crowd, share = Markers.unknown(len(table.workers)), Markers.unknown(1), SHARE
    if not len(table.mark_segment) and not len(table.known_labels):
        return SpanEstimate(markers, crowd, share, rounds=0, converged=True)
    p = table.pin(share_of_marks(table))
    rounds, converged = 0, False
    while not converged and rounds < MOST_ROUNDS:
        markers, crowd, share = _m_step(table, p)
        before, p = p, table.pin(probability_marked(table, markers, share))
        rounds += 1
        converged = bool(np.abs(p - before).max() <= TOLERANCE)
    markers, crowd = _label_accuracy(table, p, markers, crowd, labels)
    return SpanEstimate(markers, crowd, share, rounds, converged)


def share_of_marks(table: SpanTable) -> Floats:
    """Part of an object's workers who marked each segment: where the estimation starts."""
    answers = np.bincount(table.answer_object, minlength=len(table.objects))
    marks = table.sum_by_segment(table.mark_segment, np.ones(len(table.mark_segment)))
    shares: Floats = marks / answers[table.object_of]
    return shares


def probability_marked(table: SpanTable, markers: Markers, share: float) -> Floats:
    """P of each segment: the E step."""
    s, f = markers.sensitivity, markers.false_marks
    blank = np.log((1 - s) / (1 - f))
    all_blank = sums(table.answer_object, blank[table.answer_worker], len(table.objects))
    marked = table.sum_by_segment(table.mark_segment, (np.log(s / f) - blank)[table.mark_worker])
    log_odds = np.log(share / (1 - share)) + all_blank[table.object_of] + marked
    p: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
    return p


def label_shares(table: SpanTable, markers: Markers, labels: int) -> tuple[Floats, Floats]:
    """Part of the weight of those who marked a segment that goes to each label they gave it.

    Returns
    -------
    tuple[Floats, Floats]
        One value a row of the table's labels, and the weight of all who marked each segment.
    """
    weight = markers.label_weight(labels)
    markers_weight = table.sum_by_segment(table.mark_segment, weight[table.mark_worker])
    key = table.label_segment * labels + table.label_of
    distinct, row = np.unique(key, return_inverse=True)
    given = sums(row, weight[table.label_worker], len(distinct))
    return given[row] / markers_weight[table.label_segment], markers_weight


def _m_step(table: SpanTable, p: Floats) -> tuple[Markers, Markers, float]:
    amount = table.length / table.unit
    inside, outside = p * amount, (1 - p) * amount
    inside_of, outside_of = table.sum_by_object(inside), table.sum_by_object(outside)
    seen_inside = table.sum_by_worker(table.answer_worker, inside_of[table.answer_object])
    seen_outside = table.sum_by_worker(table.answer_worker, outside_of[table.answer_object])
    hits = table.sum_by_worker(table.mark_worker, inside[table.mark_segment])
    false = table.sum_by_worker(table.mark_worker, outside[table.mark_segment])
    s0 = _leaning(hits.sum(), seen_inside.sum(), SENSITIVITY)
    f0 = _leaning(false.sum(), seen_outside.sum(), FALSE_MARKS)
    total = inside_of.sum() + outside_of.sum()
    markers = Markers(
        _leaning(hits, seen_inside, s0), _leaning(false, seen_outside, f0), np.full(len(table.workers), ACCURACY)
    )
    crowd = Markers(np.atleast_1d(s0), np.atleast_1d(f0), np.full(1, ACCURACY))
    return markers, crowd, float((1 + inside_of.sum()) / (2 + total))


def _label_accuracy(
    table: SpanTable, p: Floats, markers: Markers, crowd: Markers, labels: int
) -> tuple[Markers, Markers]:
    """Estimate how often the label of a mark is right, from segments that several workers marked or that are known."""
    marks = np.bincount(table.mark_segment, minlength=len(table.offset))
    is_known = np.zeros(len(table.offset), np.bool_)
    is_known[table.known_segments] = True
    counted = p * table.length / table.unit * ((marks > 1) | is_known)
    known_rows = is_known[table.label_segment]
    known_right = np.isin(table.label_segment * labels + table.label_of, table.known_labels)
    seen = table.sum_by_worker(table.mark_worker, counted[table.mark_segment])
    mark_key = table.label_segment * len(table.workers) + table.label_worker
    _, mark, given = np.unique(mark_key, return_inverse=True, return_counts=True)
    for _ in range(LABEL_ROUNDS if labels > 1 else 0):
        shares, _ = label_shares(table, markers, labels)
        shares = np.where(known_rows, known_right, shares)
        right = table.sum_by_worker(table.label_worker, counted[table.label_segment] * shares / given[mark])
        average = _leaning(right.sum(), seen.sum(), ACCURACY)
        markers = Markers(markers.sensitivity, markers.false_marks, _leaning(right, seen, average))
        crowd = Markers(crowd.sensitivity, crowd.false_marks, np.atleast_1d(average))
    return markers, crowd


def _leaning(found: Floats, of: Floats, prior: Floats | float) -> Floats:
    """Form a rate with a prior worth `STRENGTH`, kept away from 0 and 1 (spec: workflows §2.4)."""
    rate: Floats = np.clip((found + STRENGTH * prior) / (of + STRENGTH), 1e-9, 1 - 1e-9)
    return rate
