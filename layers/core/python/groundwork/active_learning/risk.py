"""How much of the risk that the bound leaves a look at the held-out labels may spend, and how large a round is.

Every look could be fooled, so the risks of all looks add up to no more than the bound leaves. Each takes half of
what is left: the first ones matter most, because a job in which the model does well ends with them.
"""

from __future__ import annotations

import math

from groundwork.active_learning.settings import Settings

SHARE = 1 / 2
"""Of the risk that is left, what one look spends."""
GROWTH = 1 / 3
"""Of the human labels, what a round adds: fewer learn little new, more are chosen by a model that is out of date."""
SMALLEST_ROUND = 20
LEAST_SAMPLE = 50
SAMPLE_SHARE = 20
"""The first sample is at most one in so many data objects."""


def round_size(asked: int, open_objects: int, settings: Settings) -> int:
    """Tell how many data objects people are asked for next."""
    size = max(SMALLEST_ROUND, round(GROWTH * asked))
    if settings.human_budget is not None:
        size = min(size, max(0, settings.human_budget - asked))
    return min(size, settings.largest_round, open_objects)


def first_size(objects: int, settings: Settings) -> int:
    """Tell how many data objects a lot chooses for people before there is a model.

    Enough that faultless ones could convince at the first look, unless that is a large part of all: what follows is
    chosen better.
    """
    enough = math.ceil(math.log((1 - settings.bound) * SHARE) / math.log(settings.target))
    size = min(objects, settings.largest_round, enough, max(LEAST_SAMPLE, objects // SAMPLE_SHARE))
    return size if settings.human_budget is None else min(size, settings.human_budget)
