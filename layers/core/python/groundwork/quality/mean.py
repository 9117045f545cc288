"""A mean of numbers that pass by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Mean:
    """Sum and count."""

    total: float = 0.0
    count: int = 0

    def add(self, number: float) -> None:
        """Count one more number."""
        self.total += number
        self.count += 1

    @property
    def value(self) -> float | None:
        """The mean; None of nothing."""
        return self.total / self.count if self.count else None


def rounded(number: float | None) -> float | None:
    """Keep four digits: more would be noise."""
    return None if number is None else round(number, 4)
