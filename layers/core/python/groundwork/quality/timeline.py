"""When data objects became ready, as a curve of few points."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime

from groundwork.quality.measure import Json

MOST_POINTS = 60


@dataclass(slots=True)
class Timeline:
    """Epoch seconds, 8 bytes an object."""

    moments: array[float] = field(default_factory=lambda: array("d"))

    def add(self, moment: float) -> None:
        """Count one object."""
        self.moments.append(moment)

    def points(self) -> list[dict[str, Json]]:
        """Tell how many objects were ready at evenly spread times, from the first to the last."""
        if not self.moments:
            return []
        ordered = sorted(self.moments)
        first, last = ordered[0], ordered[-1]
        steps = min(MOST_POINTS - 1, len(ordered) - 1) if last > first else 0
        times = [first + (last - first) * step / steps for step in range(steps)] if steps else []
        return [{"time": moment_text(time), "objects": bisect_right(ordered, time)} for time in [*times, last]]


def moment_text(moment: float) -> str:
    """Write epoch seconds as UTC, to the second."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
