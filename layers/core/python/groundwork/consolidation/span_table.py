"""Marked spans of many workers as numpy arrays: every text is cut where a span begins or ends."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.vote_table import Floats, Indices

STRIDE = 1 << 32
"""Above any offset: object number and offset become one sortable key."""

SpanVote = tuple[int, str, Sequence[Sequence[int]]]
"""(object id, worker id, spans as [start, end, label index])."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Marked spans, each once, sorted by object, worker, start, end and label."""

    object_of: Indices
    worker_of: Indices
    start: Indices
    end: Indices
    label_of: Indices


@dataclass(frozen=True, slots=True)
class SpanTable:
    """Who marked what, by segment: a part of a text within which no span begins or ends.

    Rows are sorted, so that the order of the votes can't move a single bit of what is computed from them. What lies
    after a text's last mark is not there: votes do not tell how long a text is.
    """

    objects: Indices
    """Object id by object number, ascending."""
    workers: tuple[str, ...]
    """Worker id by worker number, ascending."""
    answer_object: Indices
    answer_worker: Indices
    spans: Spans
    offset: Indices
    """Where each segment begins; a text's last row ends its last segment and has length 0."""
    object_of: Indices
    """Object number of each segment."""
    length: Floats
    """Characters of each segment."""
    mark_segment: Indices
    mark_worker: Indices
    """A row for each segment and each worker who marked it, with whatever label."""
    label_segment: Indices
    label_worker: Indices
    label_of: Indices
    """A row for each segment, worker and label that this worker gave it."""
    known_segments: Indices
    """The segments of gold objects, ascending."""
    known_marked: Floats
    """1 for each of them that belongs to an entity, else 0."""
    known_labels: Indices
    """Segment and label as one key, `segment * labels + label`, of all that is known of gold objects; ascending."""
    known_unit: float
    """Characters of an average known span; 0 without any."""

    @classmethod
    def build(
        cls, votes: Iterable[SpanVote], labels: int, known: Mapping[int, Sequence[Sequence[int]]] | None = None
    ) -> SpanTable:
        """Arrange votes; a worker with no span saw the text and marked nothing.

        `known` are the spans of gold objects, by object id.
        """
        objects, workers, answers, spans = _read(votes)
        truth = _known_spans(objects, known or {})
        starts, ends = spans.object_of * STRIDE + spans.start, spans.object_of * STRIDE + spans.end
        true_starts, true_ends = truth.object_of * STRIDE + truth.start, truth.object_of * STRIDE + truth.end
        cuts = np.unique(np.concatenate((np.arange(len(objects)) * STRIDE, starts, ends, true_starts, true_ends)))
        object_of = cuts // STRIDE
        length = np.append(np.diff(cuts), 0).astype(np.float64)
        length[np.append(np.diff(object_of) != 0, True)[: len(cuts)]] = 0
        first, after = np.searchsorted(cuts, starts), np.searchsorted(cuts, ends)
        span, segment = expanded(first, after)
        marks = np.unique(segment * max(1, len(workers)) + spans.worker_of[span])
        mark_segment, mark_worker = np.divmod(marks, max(1, len(workers)))
        row = np.searchsorted(marks, segment * max(1, len(workers)) + spans.worker_of[span])
        mark, label_of = np.divmod(np.unique(row * labels + spans.label_of[span]), labels)
        true_span, true_segment = expanded(np.searchsorted(cuts, true_starts), np.searchsorted(cuts, true_ends))
        gold = np.searchsorted(objects, sorted(set(known or ()) & set(objects.tolist())))
        known_segments = np.flatnonzero(np.isin(object_of, gold))
        return cls(
            objects=objects,
            workers=workers,
            answer_object=answers[0],
            answer_worker=answers[1],
            spans=spans,
            offset=cuts % STRIDE,
            object_of=object_of,
            length=length[: len(cuts)],
            mark_segment=mark_segment,
            mark_worker=mark_worker,
            label_segment=mark_segment[mark],
            label_worker=mark_worker[mark],
            label_of=label_of,
            known_segments=known_segments,
            known_marked=np.isin(known_segments, true_segment).astype(np.float64),
            known_labels=np.unique(true_segment * labels + truth.label_of[true_span]),
            known_unit=float((truth.end - truth.start).mean()) if len(truth.start) else 0.0,
        )

    def pin(self, p: Floats) -> Floats:
        """Be certain of what is known of gold objects, in place; `p` has one value a segment."""
        p[self.known_segments] = self.known_marked
        return p

    def segments_of(self, object_of: Indices, start: Indices, end: Indices) -> tuple[Indices, Indices]:
        """Find the first segment, and the one after the last, of parts of texts that begin and end at segments."""
        cuts = self.object_of * STRIDE + self.offset
        return np.searchsorted(cuts, object_of * STRIDE + start), np.searchsorted(cuts, object_of * STRIDE + end)

    @property
    def unit(self) -> float:
        """Characters of an average span: a worker's decisions are spans, not characters."""
        marked = float((self.spans.end - self.spans.start).mean()) if len(self.spans.start) else self.known_unit
        return marked or 1.0

    def sum_by_segment(self, segments: Indices, values: Floats) -> Floats:
        """Add up values of marks to one for each segment."""
        return sums(segments, values, len(self.offset))

    def sum_by_object(self, per_segment: Floats) -> Floats:
        """Add up a value of each segment to one for each object."""
        return sums(self.object_of, per_segment, len(self.objects))

    def sum_by_worker(self, workers: Indices, values: Floats) -> Floats:
        """Add up values of marks or answers to one for each worker."""
        return sums(workers, values, len(self.workers))


def sums(groups: Indices, values: Floats, count: int) -> Floats:
    """Add up `values` by group, in their order."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)


def expanded(first: Indices, after: Indices) -> tuple[Indices, Indices]:
    """List the whole numbers of many ranges: the number of the range and the number in it, a row for each."""
    counts = after - first
    span = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(span)) - np.repeat(np.cumsum(counts) - counts, counts)
    return span, first[span] + within


def _known_spans(objects: Indices, known: Mapping[int, Sequence[Sequence[int]]]) -> Spans:
    """Arrange known spans of objects that have votes; their worker is nobody."""
    number = {object_id: place for place, object_id in enumerate(objects.tolist())}
    rows = sorted((number[key], 0, *span) for key, spans in known.items() if key in number for span in spans)
    return Spans(*np.array(rows, np.int64).reshape(-1, 5).T)


def _read(votes: Iterable[SpanVote]) -> tuple[Indices, tuple[str, ...], Indices, Spans]:
    """Read the votes in one pass, into 8 bytes a value: a job may have millions of spans."""
    answers, rows = (array("q"), array("q")), array("q")
    seen: dict[str, int] = {}
    for voted_on, worker, spans in votes:
        number = seen.setdefault(worker, len(seen))
        answers[0].append(voted_on)
        answers[1].append(number)
        for span in spans:
            rows.extend((voted_on, number, *span))
    workers = tuple(sorted(seen))
    renumbered = np.empty(len(workers), np.int64)
    renumbered[[seen[worker] for worker in workers]] = np.arange(len(workers))
    answer_ids, answer_worker = np.array(answers[0], np.int64), renumbered[np.array(answers[1], np.int64)]
    objects = np.unique(answer_ids)
    pairs = np.unique(np.stack((np.searchsorted(objects, answer_ids), answer_worker)), axis=1)
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    ids, worker_of, start, end, label = columns
    order = np.lexsort((label, end, start, renumbered[worker_of], ids))
    table = np.stack((np.searchsorted(objects, ids), renumbered[worker_of], start, end, label))[:, order]
    first = np.append(True, np.any(np.diff(table, axis=1) != 0, axis=0))[: table.shape[1]]
    return objects, workers, pairs, Spans(*table[:, first])
