"""In words for the job's log: why a round labels nothing automatically."""

from __future__ import annotations

from groundwork.active_learning.settings import Settings
from groundwork.active_learning.violation import violation_by_count

MOST_NEEDED = 1_000_000


def needed(target: float, risk: float, open_objects: int) -> int | None:
    """Count the faultless held-out objects that would convince of that many open ones; None if no number does."""
    low, high = 0, MOST_NEEDED
    if risk <= 0 or violation_by_count(high, 0, open_objects, target) > risk:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if violation_by_count(middle, 0, open_objects, target) <= risk else (middle, high)
    return high


def too_few(validated: int, open_objects: int, risk: float, settings: Settings) -> str:
    """Say that no outcome could have convinced yet."""
    least = needed(settings.target, risk, open_objects)
    enough = f"{least} right ones in a row would be" if least else "no number would be"
    return (
        f"a quality of {settings.target:.0%} can't be shown yet: {validated} labels of people chosen at random stand "
        f"for the {open_objects} open data objects, {enough} enough"
    )


def still_learning(believed: float, open_objects: int, settings: Settings) -> str:
    """Say that a look at the held-out labels would be wasted on the model as it is."""
    return (
        "the model is still learning: by what is known without the held-out labels it would be right in "
        f"{believed:.1%} of the {open_objects} open data objects, too few to show a quality of {settings.target:.0%}"
    )


def too_wrong(validated: int, wrong: float, bound: float, settings: Settings) -> str:
    """Say that the model is not good enough, or not surely."""
    return (
        f"the model is not surely good enough: of {validated} held-out labels it misses {wrong:g}, so the open data "
        f"objects would be right to {bound:.1%} at least, and {settings.target:.0%} is wanted"
    )


def never(open_objects: int, settings: Settings) -> str:
    """Say that the arithmetic is against it."""
    return (
        f"{open_objects} open data objects are too few: to show a quality of {settings.target:.0%}, people would have "
        "to label so many of them that none is left for the model"
    )


NOTHING_OPEN = "every data object is labeled or asked for"
