"""Percentiles of measured durations."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Give the smallest value that at least `share` (0 to 1) of the values do not exceed.

    Raises
    ------
    ValueError
        There are no values.
    """
    if not values:
        raise ValueError("no values were measured")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
