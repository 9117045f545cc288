"""The segments and the estimation, against the same done character by character."""

from __future__ import annotations

import math

import numpy as np
import pytest
from groundwork.consolidation.span_boundaries import weighted_medians
from groundwork.consolidation.span_model import Markers, estimate_markers, probability_marked
from groundwork.consolidation.span_table import SpanTable
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.consolidation.marked_texts import LABELS, TEXT

spans = st.tuples(st.integers(0, TEXT - 1), st.integers(1, 12), st.integers(0, len(LABELS) - 1)).map(
    lambda drawn: [drawn[0], min(TEXT, drawn[0] + drawn[1]), drawn[2]]
)
votes = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from("abcd")), st.lists(spans, max_size=4), min_size=1, max_size=10
).map(lambda drawn: [(object_id, worker, marked) for (object_id, worker), marked in drawn.items()])


def characters(rows):
    """Which workers marked each character of each text, up to its last mark, and who saw the text."""
    texts = {}
    for object_id, worker, marked in rows:
        seen, by_place = texts.setdefault(object_id, (set(), {}))
        seen.add(worker)
        for start, end, _ in marked:
            for place in range(start, end):
                by_place.setdefault(place, set()).add(worker)
    return {
        object_id: (sorted(seen), [by_place.get(place, set()) for place in range(max(by_place, default=-1) + 1)])
        for object_id, (seen, by_place) in texts.items()
    }


def slow_probability(seen, marked_by, rates, share):
    right, wrong = share, 1 - share
    for worker in seen:
        s, f = rates[worker]
        right *= s if worker in marked_by else 1 - s
        wrong *= f if worker in marked_by else 1 - f
    return right / (right + wrong)


def by_character(table, per_segment):
    """Values of segments repeated for their characters, by object id."""
    return {
        int(object_id): np.repeat(per_segment, (table.length * (table.object_of == number)).astype(int)).tolist()
        for number, object_id in enumerate(table.objects)
    }


def slow_estimate(rows):
    """The estimation of `span_model`, one character at a time."""
    texts = characters(rows)
    distinct = {(object_id, worker, *span) for object_id, worker, marked in rows for span in marked}
    unit = sum(end - start for _, _, start, end, _ in distinct) / len(distinct)
    workers = sorted({worker for seen, _ in texts.values() for worker in seen})
    p = {key: [len(marked) / len(seen) for marked in places] for key, (seen, places) in texts.items()}
    while True:
        hits, false, inside, outside = ({worker: 0.0 for worker in workers} for _ in range(4))
        total_in = total = 0.0
        for key, (seen, places) in texts.items():
            for value, marked in zip(p[key], places, strict=True):
                total_in, total = total_in + value / unit, total + 1 / unit
                for worker in seen:
                    inside[worker] += value / unit
                    outside[worker] += (1 - value) / unit
                    if worker in marked:
                        hits[worker] += value / unit
                        false[worker] += (1 - value) / unit
        s0 = (sum(hits.values()) + 4 * 0.7) / (sum(inside.values()) + 4)
        f0 = (sum(false.values()) + 4 * 0.1) / (sum(outside.values()) + 4)
        rates = {w: ((hits[w] + 4 * s0) / (inside[w] + 4), (false[w] + 4 * f0) / (outside[w] + 4)) for w in workers}
        share = (1 + total_in) / (2 + total)
        before, p = (
            p,
            {
                key: [slow_probability(seen, marked, rates, share) for marked in places]
                for key, (seen, places) in texts.items()
            },
        )
        if max((abs(a - b) for key in p for a, b in zip(p[key], before[key], strict=True)), default=0) <= 1e-6:
            return rates, share


@settings(deadline=None, max_examples=60)
@given(votes)
def test_segments_tell_of_every_character_who_marked_it(rows):
    table = SpanTable.build(rows, len(LABELS))
    for worker, name in enumerate(table.workers):
        own = np.zeros(len(table.offset))
        own[table.mark_segment[table.mark_worker == worker]] = 1
        for object_id, values in by_character(table, own).items():
            _, places = characters(rows)[object_id]
            assert values == [float(name in marked) for marked in places]


@settings(deadline=None, max_examples=60)
@given(votes)
def test_the_probability_of_a_segment_is_that_of_its_characters(rows):
    table = SpanTable.build(rows, len(LABELS))
    rates = {worker: (0.5 + number / 10, 0.05 + number / 50) for number, worker in enumerate(table.workers)}
    s, f = np.array(list(rates.values())).T
    fast = by_character(table, probability_marked(table, Markers(s, f, s), 0.2))
    for object_id, (seen, places) in characters(rows).items():
        assert fast[object_id] == pytest.approx([slow_probability(seen, marked, rates, 0.2) for marked in places])


@pytest.mark.parametrize(
    "rows",
    [
        [(0, "a", [[0, 5, 0]]), (0, "b", [[0, 5, 0], [9, 12, 0]]), (0, "c", [])],
        [(0, "a", [[0, 5, 0], [0, 5, 1]]), (0, "b", [[2, 7, 0]]), (3, "a", [[30, 40, 2]]), (3, "c", [[31, 40, 2]])],
        [(n, w, [[n, n + 6, 0]] if w != "d" else [[0, 40, 0]]) for n in range(6) for w in "abcd"],
    ],
)
def test_the_estimation_is_that_of_single_characters(rows):
    table = SpanTable.build(rows, len(LABELS))
    estimate = estimate_markers(table, len(LABELS))
    rates, share = slow_estimate(rows)
    assert estimate.converged
    assert estimate.share == pytest.approx(share)
    for number, worker in enumerate(table.workers):
        assert (estimate.markers.sensitivity[number], estimate.markers.false_marks[number]) == pytest.approx(
            rates[worker]
        )


def test_a_worker_who_marks_everything_is_found_out():
    rows = [(n, w, [[10, 16, 0]] if w != "d" else [[0, 40, 0]]) for n in range(20) for w in "abcd"]
    estimate = estimate_markers(SpanTable.build(rows, 1), 1)
    weights = estimate.markers.mark_weight
    assert weights[3] < 0.2
    assert weights[0] > 2


def test_a_worker_who_confuses_labels_is_found_out():
    rows = [(n, w, [[10, 16, n % 3 if w != "d" else (n + 1) % 3]]) for n in range(20) for w in "abcd"]
    accuracy = estimate_markers(SpanTable.build(rows, 3), 3).markers.accuracy
    assert accuracy[3] < 0.3
    assert min(accuracy[:3]) > 0.85


def test_without_any_mark_the_workers_stay_unknown():
    estimate = estimate_markers(SpanTable.build([(0, "a", []), (0, "b", [])], 1), 1)
    assert estimate.markers.sensitivity.tolist() == [0.7, 0.7]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 5)), min_size=1, max_size=20))
def test_a_weighted_median_is_the_median_of_values_repeated_by_weight(rows):
    groups, values, weights = (np.array(column) for column in zip(*rows, strict=True))
    repeated = [sorted(v for g, v, w in rows if g == group for _ in range(w)) for group in sorted(set(groups.tolist()))]
    expected = [each[math.ceil(len(each) / 2) - 1] for each in repeated]
    assert weighted_medians(groups, values, weights.astype(float)).tolist() == expected
