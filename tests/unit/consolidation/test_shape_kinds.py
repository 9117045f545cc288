from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from groundwork.consolidation.boxes import Boxes
from groundwork.consolidation.keypoints import Keypoints
from groundwork.consolidation.outlines import nearest_places
from groundwork.consolidation.paths import Paths
from groundwork.consolidation.polygons import Polygons
from groundwork.consolidation.scan_lines import polygon_area, polygon_iou
from hypothesis import given, settings
from hypothesis import strategies as st

SMALL = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 8), st.integers(1, 8))


def flat(*places):
    return np.array(places, np.float64).ravel()


def circle(x, y, radius, corners=40):
    angles = np.arange(corners) / corners * 2 * math.pi
    return np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)


def pixels(box):
    left, top, width, height = box
    return set(product(range(left, left + width), range(top, top + height)))


@given(SMALL, SMALL)
def test_iou_of_boxes_is_the_share_of_common_pixels(one, other):
    a, b = pixels(one), pixels(other)
    (found,) = Boxes().similarities([np.array(one, float)], [np.array(other, float)], 1.0)[0]
    assert found == pytest.approx(len(a & b) / len(a | b))


@given(SMALL, SMALL)
@settings(max_examples=40)
def test_iou_of_upright_rectangles_as_polygons_is_that_of_the_boxes(one, other):
    def corners(box):
        left, top, width, height = box
        return flat((left, top), (left + width, top), (left + width, top + height), (left, top + height))

    a, b = pixels(one), pixels(other)
    (found,) = Polygons().similarities([corners(one)], [corners(other)], 1.0)[0]
    true = len(a & b) / len(a | b)
    assert found == pytest.approx(true, abs=0.03) or (found == 0 and true < 0.1)


def inside(polygon, x, y):
    """Even-odd rule, one point at a time."""
    odd = False
    for (x1, y1), (x2, y2) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd


@pytest.mark.parametrize("seed", range(6))
def test_iou_of_any_polygons_is_the_share_of_common_points(seed):
    rng = np.random.default_rng(seed)
    one, other = rng.uniform(0, 10, (7, 2)), rng.uniform(0, 10, (5, 2))
    grid = [(x, y) for x in np.arange(0.05, 10, 0.1) for y in np.arange(0.05, 10, 0.1)]
    first = np.array([inside(one, *place) for place in grid])
    second = np.array([inside(other, *place) for place in grid])
    assert polygon_iou(one, other) == pytest.approx((first & second).sum() / (first | second).sum(), abs=0.02)


def test_areas_by_scan_lines():
    assert polygon_area(circle(50, 50, 20, 400)) == pytest.approx(math.pi * 400, rel=0.002)
    assert polygon_area(np.array([[0, 0], [10, 10], [10, 0], [0, 10]], float)) == pytest.approx(50, rel=0.001)
    flat_ones = np.array([[0, 0], [5, 0], [9, 0]], float)
    assert polygon_iou(flat_ones, flat_ones) == 0.0


def test_the_merged_outline_lies_between_its_members_and_ignores_the_one_far_off():
    members = [circle(100, 100, radius).ravel() for radius in (48, 50, 52)] + [circle(118, 100, 50).ravel()]
    merged = Polygons().merge(members, np.full(4, 0.1), 1.0).reshape(-1, 2)
    assert polygon_iou(merged, circle(100, 100, 50)) > 0.95


def test_merged_outlines_keep_their_corners():
    squares = [flat((d, d), (100 + d, d), (100 + d, 100 + d), (d, 100 + d)) for d in (0, 2, 4)]
    merged = Polygons().merge(squares, np.full(3, 0.1), 1.0)
    assert merged == pytest.approx(squares[1], abs=0.01)


def test_outlines_with_other_starts_turns_and_numbers_of_corners_are_merged():
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    finer = [(100, 0), (50, 0), (0, 0), (0, 50), (0, 100), (100, 100), (100, 50)]
    merged = Polygons().merge([flat(*square), flat(*finer), flat(*square[::-1])], np.full(3, 0.1), 1.0)
    assert polygon_iou(merged.reshape(-1, 2), np.array(square, float)) > 0.99


def test_a_merged_outline_is_never_less_like_its_members_than_the_most_central_one():
    rng = np.random.default_rng(4)
    members = [rng.uniform(0, 100, (9, 2)).ravel() for _ in range(4)]
    merged = Polygons().merge(members, np.full(4, 0.1), 1.0)
    alike = Polygons().similarities(members, members, 1.0).mean(axis=1)
    assert Polygons().similarities([merged], members, 1.0).mean() >= alike.max() - 0.01


def test_nearest_places_on_a_path():
    path = np.array([[0, 0], [10, 0], [10, 10]], float)
    places, distances = nearest_places(np.array([[4, 3], [12, 12], [-3, -4]], float), path)
    assert places.tolist() == [[4, 0], [10, 10], [0, 0]]
    assert distances.tolist() == [3, pytest.approx(math.sqrt(8)), 5]


@pytest.mark.parametrize("turned", [False, True])
def test_paths_are_compared_in_either_direction(turned):
    path = [(10, 10), (60, 20), (110, 10)]
    other = [(x, y + 5) for x, y in path]
    places = flat(*(other[::-1] if turned else other))
    (found,) = Paths().similarities([flat(*path)], [places], 1_000.0)[0]
    assert 0.7 < found < 0.8
    merged = Paths().merge([flat(*path), places], np.full(2, 0.25), 1_000.0)
    assert np.array(merged).reshape(-1, 2)[:, 1] == pytest.approx([12.5, 22.5, 12.5], abs=0.5)


def test_paths_far_apart_have_nothing_in_common():
    assert Paths().similarities([flat((0, 0), (100, 0))], [flat((0, 90), (100, 90))], 800.0)[0, 0] == 0


def test_half_of_a_path_is_still_that_path():
    whole, half = flat((0, 0), (400, 0)), flat((0, 0), (260, 0))
    assert Paths().similarities([whole], [half], 800.0)[0, 0] > Paths.threshold


def test_the_merged_line_is_between_its_members():
    lines = [flat((0, d), (100, 50 + d)) for d in (-3, 0, 3)]
    assert Paths().merge(lines, np.full(3, 0.25), 500.0) == pytest.approx(lines[1], abs=0.01)


def test_points_are_near_by_the_spread_of_all_points():
    def scale(*drawings):
        return Keypoints().scale([[np.array(point, float) for point in drawn] for drawn in drawings], (600, 800))

    assert scale() == scale([(5, 5)]) == 20
    assert scale([(0, 0), (90, 120)], [(0, 0), (90, 120)]) == 15
    assert scale([(0, 0), (3, 4)]) == 10
    assert scale([(0, 0), (600, 800)]) == 30
    near = Keypoints().similarities([np.array([0.0, 0.0])], [np.array([6.0, 8.0]), np.array([30.0, 40.0])], 10.0)
    assert near[0].tolist() == [0.5, 0]
