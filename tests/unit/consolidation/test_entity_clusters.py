"""Ground Truth's consolidation of spans."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from groundwork.consolidation.one_coin import OneCoin, one_coin, one_coin_posterior
from groundwork.consolidation.span_clusters import cluster_spans
from groundwork.consolidation.span_table import SpanTable
from groundwork.consolidation.vote_table import VoteTable
from hypothesis import given, settings

from tests.formats.jobs import entity_job
from tests.unit.consolidation.marked_texts import found, text
from tests.unit.consolidation.test_span_model import votes


def jaccard(one, other):
    common = max(0, min(one[3], other[3]) - max(one[2], other[2]))
    return common / (max(one[3], other[3]) - min(one[2], other[2]))


def slow_clusters(rows):
    """All pairs of each text, one merge after the other."""
    pairs = sorted(
        (one[0], -jaccard(one, other), first, second)
        for first, one in enumerate(rows)
        for second, other in enumerate(rows)
        if first < second and one[0] == other[0] and one[1] != other[1] and jaccard(one, other) >= 0.5
    )
    clusters = [{row} for row in range(len(rows))]
    for _, _, first, second in pairs:
        one, other = (next(each for each in clusters if row in each) for row in (first, second))
        if one is not other and not {rows[row][1] for row in one} & {rows[row][1] for row in other}:
            clusters.remove(other)
            one |= other
    return sorted(sorted(each) for each in clusters)


@settings(deadline=None, max_examples=60)
@given(votes)
def test_clusters_are_those_of_merging_pair_after_pair(rows):
    spans = SpanTable.build(rows, 3).spans
    columns = (spans.object_of, spans.worker_of, spans.start, spans.end)
    listed = list(zip(*(column.tolist() for column in columns), strict=True))
    assert sorted(cluster_spans(spans)) == slow_clusters(listed)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([[(4, 9, "Port")], [(4, 10, "Port")], [(3, 10, "Port")]], (4, 10)),
        ([[(4, 9, "Port")], [(5, 10, "Port")], [(3, 11, "Port")]], (4, 10)),
        ([[(4, 9, "Port")], [(5, 10, "Port")]], (4, 9)),
        ([[(4, 9, "Port")], [(5, 10, "Port")], [(4, 10, "Port")], [(5, 9, "Port")]], (4, 9)),
    ],
)
def test_a_bound_is_the_mode_or_the_lower_median_if_there_are_several(answers, expected):
    ((start, end, _, _),) = found([text(0, *answers)], "ground-truth")[0]
    assert (start, end) == expected


def test_the_label_of_most_stands_and_what_one_worker_marked_stays():
    marks = found([text(0, [(4, 9, "Port"), (20, 30, "Time")], [(4, 9, "Vessel")], [(4, 9, "Port")])], "ground-truth")[
        0
    ]
    assert [each[:3] for each in marks] == [(4, 9, "Port"), (20, 30, "Time")]
    assert marks[1][3] < 0.3 < marks[0][3]


def test_a_tie_is_broken_by_the_digest_of_job_object_and_start():
    objects = [text(number, [(4, 9, "Port")], [(4, 9, "Vessel")]) for number in range(16)]
    chosen = {object_id: marks[0][2] for object_id, marks in found(objects, "ground-truth").items()}
    arn = entity_job().arn
    digests = {number: hashlib.sha256(f"{arn}\n{number}\n4".encode()).digest() for number in range(16)}
    assert chosen == {number: ("Vessel", "Port")[digest[-1] % 2] for number, digest in digests.items()}
    assert set(chosen.values()) == {"Vessel", "Port"}


def test_the_probability_is_that_of_one_accuracy_a_worker():
    table = VoteTable.build([(0, "a", 0), (0, "b", 0), (0, "c", 2)], 3)
    model = OneCoin(np.array([0.9, 0.6, 0.7]), np.array([0.2, 0.3, 0.5]))
    joint = np.array([0.2 * 0.9 * 0.6 * 0.15, 0.3 * 0.05 * 0.2 * 0.15, 0.5 * 0.05 * 0.2 * 0.7])
    assert one_coin_posterior(table, model)[:, 0] == pytest.approx(joint / joint.sum())


def test_accuracies_fit_the_classes_they_lead_to():
    rows = [(number, worker, 0 if worker != "d" else number % 2) for number in range(20) for worker in "abcd"]
    table = VoteTable.build(rows, 2)
    model = one_coin(table, 2)
    posterior = one_coin_posterior(table, model)
    for number, worker in enumerate(table.workers):
        right = sum(posterior[label, object_id] for object_id, who, label in rows if who == worker)
        assert model.accuracy[number] == pytest.approx((2.8 + right) / 24, abs=1e-5)
    assert model.accuracy[3] < 0.6
    assert model.accuracy[0] > 0.9
