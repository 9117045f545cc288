from __future__ import annotations

import numpy as np
from groundwork.consolidation.vote_table import VoteTable
from hypothesis import given, settings
from hypothesis import strategies as st

LABELS = 3
vote = st.tuples(st.sampled_from([0, 1, 2, 7, 10**12]), st.sampled_from("abcd"), st.integers(0, LABELS - 1))
votes = st.lists(vote, max_size=30)


@settings(deadline=None)
@given(votes)
def test_sums_by_slot_are_the_sums_over_votes(rows):
    table = VoteTable.build(rows, LABELS)
    pairs = sorted({(worker, label) for _, worker, label in rows})
    objects = sorted({row[0] for row in rows})
    per_pair, per_object = np.arange(len(pairs)) + 0.25, np.arange(len(objects)) + 0.5
    of_pair, of_object = dict(zip(pairs, per_pair, strict=True)), dict(zip(objects, per_object, strict=True))
    assert table.slots.to_objects(per_pair).tolist() == [
        sum(of_pair[worker, label] for object_id, worker, label in rows if object_id == wanted) for wanted in objects
    ]
    assert table.slots.to_pairs(per_object).tolist() == [
        sum(of_object[object_id] for object_id, worker, label in rows if (worker, label) == wanted) for wanted in pairs
    ]


@settings(deadline=None)
@given(votes)
def test_objects_pairs_and_cells_are_those_of_the_votes(rows):
    table = VoteTable.build(rows, LABELS)
    assert table.objects.tolist() == sorted({row[0] for row in rows})
    assert [
        (int(table.objects[number]), table.workers[table.pair_worker[pair]], int(table.pair_label[pair]))
        for number, pair in zip(table.object_of, table.pair_of, strict=True)
    ] == sorted(rows)
    assert table.cell_of.tolist() == [
        label * len(table.objects) + number for label, number in zip(table.label_of, table.object_of, strict=True)
    ]
