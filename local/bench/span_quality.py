"""How far found spans agree with the right ones: by characters, and span by span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from local.bench.span_data import Place

FOUND = 0.5
"""Jaccard index from which a span counts as found."""


@dataclass(frozen=True, slots=True)
class SpanQuality:
    """Over all texts; each between 0 and 1."""

    precision: float
    """Of the marked characters, how many are right."""
    recall: float
    """Of the right characters, how many are marked."""
    characters: float
    """F1 of characters."""
    found: float
    """F1 of spans paired one to one with a Jaccard index of `FOUND` or more."""
    exact: float
    """F1 of spans with both boundaries right."""


def judge(found: Sequence[Sequence[Place]], truth: Sequence[Sequence[Place]], lengths: Sequence[int]) -> SpanQuality:
    """Compare the spans of each text with the right ones."""
    marked = right = both = pairs = exact = 0
    for ours, theirs, length in zip(found, truth, lengths, strict=True):
        one, other = covered(ours, length), covered(theirs, length)
        marked += int(one.sum())
        right += int(other.sum())
        both += int((one & other).sum())
        pairs += paired(ours, theirs)
        exact += len(set(ours) & set(theirs))
    spans = sum(len(set(places)) for places in chain(found, truth))
    return SpanQuality(
        precision=both / max(1, marked),
        recall=both / max(1, right),
        characters=2 * both / max(1, marked + right),
        found=2 * pairs / max(1, spans),
        exact=2 * exact / max(1, spans),
    )


def average(figures: Sequence[SpanQuality]) -> SpanQuality:
    """Average over several choices of workers."""
    names = ("precision", "recall", "characters", "found", "exact")
    return SpanQuality(**{name: float(np.mean([getattr(each, name) for each in figures])) for name in names})


def covered(places: Iterable[Place], length: int) -> NDArray[np.bool_]:
    """Tell of each character whether a span covers it."""
    marked = np.zeros(length, dtype=bool)
    for start, end in places:
        marked[start:end] = True
    return marked


def paired(ours: Sequence[Place], theirs: Sequence[Place]) -> int:
    """Count pairs of spans that are alike, the most alike first, each span in one pair."""
    alike = sorted(
        ((value, one, other) for one in set(ours) for other in set(theirs) if (value := jaccard(one, other)) >= FOUND),
        reverse=True,
    )
    used_ours: set[Place] = set()
    used_theirs: set[Place] = set()
    for _, one, other in alike:
        if one not in used_ours and other not in used_theirs:
            used_ours.add(one)
            used_theirs.add(other)
    return len(used_ours)


def jaccard(one: Place, other: Place) -> float:
    """Divide the common part of two spans by what they span together."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))
