from __future__ import annotations

from collections import Counter
from itertools import permutations
from random import Random

import pytest
from groundwork.quality.alpha import AlphaCounts

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units.
OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def counted(units):
    counts = AlphaCounts()
    for unit in units:
        counts.add([{value} for value in unit])
    return counts


def by_definition(units):
    """1 - observed / expected disagreement, pair by pair."""
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    observed = sum(sum(one != other for one, other in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / len(
        values
    )
    expected = sum(one != other for one, other in permutations(values, 2)) / (len(values) * (len(values) - 1))
    return 1 - observed / expected


def test_the_published_example_gives_the_published_alpha():
    rows = [row.split() for row in OBSERVERS.split("\n") if row]
    units = [[int(value) for value in unit if value != "."] for unit in zip(*rows, strict=True)]
    assert counted(units).overall() == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize("seed", range(20))
def test_counts_give_what_the_definition_gives_pair_by_pair(seed):
    random = Random(seed)
    units = [[random.choice((0, 0, 0, 1, 2)) for _ in range(random.randint(1, 4))] for _ in range(15)]
    counts = counted(units)
    assert counts.overall() == pytest.approx(by_definition(units))
    for label in Counter(value for unit in units if len(unit) > 1 for value in unit):
        against_all_others = [[value == label for value in unit] for unit in units]
        assert counts.of_label(label) == pytest.approx(by_definition(against_all_others))


def test_a_label_in_sets_is_judged_by_who_names_it():
    counts = AlphaCounts()
    sets = [[{0, 1}, {0}, {0}], [{1}, {1}], [set(), {0}], [set(), set()]]
    for answers in sets:
        counts.add(answers)
    named = [[0 in answer for answer in answers] for answers in sets]
    assert counts.of_label(0) == pytest.approx(by_definition(named))


def test_without_anything_to_choose_there_is_no_alpha():
    assert AlphaCounts().overall() is None
    assert counted([[1], [2]]).overall() is None
    same = counted([[1, 1], [1, 1, 1]])
    assert same.overall() is None
    assert same.of_label(1) is None
    assert same.of_label(2) is None


def test_perfect_agreement_on_two_labels_is_1_and_constant_disagreement_below_0():
    assert counted([[0, 0], [1, 1]]).overall() == 1
    assert counted([[0, 1], [1, 0]]).overall() < 0
