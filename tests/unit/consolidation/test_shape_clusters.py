from __future__ import annotations

import numpy as np
from groundwork.consolidation.boxes import intersection_over_union
from groundwork.consolidation.shape_clusters import cluster_shapes
from hypothesis import given
from hypothesis import strategies as st

SHAPES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 30), st.integers(0, 6)), min_size=0, max_size=9
)


def clusters(shapes, threshold=1 / 3):
    boxes = np.array([(x, y, 10, 10) for _, _, x, y in shapes], float).reshape(-1, 4)
    return cluster_shapes(
        [worker for worker, *_ in shapes],
        [label for _, label, *_ in shapes],
        lambda one, other: intersection_over_union(boxes[one], boxes[other]),
        threshold,
    )


def by_definition(shapes, threshold=1 / 3):
    """Join the two clusters between which the most similar pair stands, over and over."""
    boxes = np.array([(x, y, 10, 10) for _, _, x, y in shapes], float).reshape(-1, 4)
    iou = intersection_over_union(boxes, boxes)
    found = [[number] for number in range(len(shapes))]
    refused = set()
    while True:
        pairs = sorted(
            (-iou[a, b], a, b)
            for one in found
            for other in found
            if one is not other
            for a in one
            for b in other
            if a < b and (a, b) not in refused and shapes[a][1] == shapes[b][1] and shapes[a][0] != shapes[b][0]
        )
        if not pairs or -pairs[0][0] < threshold:
            return sorted(sorted(cluster) for cluster in found)
        _, a, b = pairs[0]
        one, other = (next(cluster for cluster in found if number in cluster) for number in (a, b))
        workers = [shapes[number][0] for number in one + other]
        # Shapes of different workers only, so every pair has a similarity.
        if len(set(workers)) < len(workers) or iou[np.ix_(one, other)].mean() < threshold:
            refused.add((a, b))
        else:
            found = [cluster for cluster in found if cluster is not one and cluster is not other] + [one + other]


@given(SHAPES)
def test_clusters_are_those_of_the_definition(shapes):
    assert clusters(shapes) == by_definition(shapes)


@given(SHAPES)
def test_every_shape_is_in_one_cluster_which_has_one_label_and_no_worker_twice(shapes):
    found = clusters(shapes)
    assert sorted(number for cluster in found for number in cluster) == list(range(len(shapes)))
    for cluster in found:
        assert len({shapes[number][0] for number in cluster}) == len(cluster)
        assert len({shapes[number][1] for number in cluster}) == 1


def test_two_overlapping_boxes_of_one_worker_stay_two():
    assert clusters([(0, 0, 0, 0), (0, 0, 1, 0), (1, 0, 0, 0), (1, 0, 1, 0)]) == [[0, 2], [1, 3]]
