"""What consolidation must know about one kind of shape."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from groundwork.consolidation.vote_table import Floats

Coordinates: TypeAlias = Floats
"""One shape: flat coordinates as in `task_types.shape_form`."""
Stack: TypeAlias = Sequence[Coordinates]
"""Several shapes."""

__all__ = ["Coordinates", "Floats", "ShapeKind", "Stack"]


class ShapeKind(ABC):
    """One kind of shape. `scale` is what `scale` gave for the image, in pixels."""

    threshold: ClassVar[float]
    """Similarity from which shapes of two workers may show the same thing."""
    typical_error: ClassVar[float]
    """What `errors` gives for people who take the usual care: where the estimate of a worker's noise starts."""
    estimate_objects: ClassVar[int]
    """Data objects that the estimate of the workers looks at, so that it ends within a Lambda's time."""

    def scale(self, drawings: Sequence[Stack], size: tuple[int, int]) -> float:
        """Find the length that distances on this image are measured in, from each worker's shapes."""
        return 1.0

    @abstractmethod
    def similarities(self, one: Stack, other: Stack, scale: float) -> Floats:
        """Compare each shape of `one` with each of `other`: 0 (nothing in common) to 1, shape (one, other)."""

    @abstractmethod
    def merge(self, members: Stack, sigmas: Floats, scale: float) -> Coordinates:
        """Find the shape between those of several workers.

        `sigmas` are the workers' usual errors, as `errors` measures them. Equal members give exactly that member.
        """

    @abstractmethod
    def errors(self, members: Stack, merged: Coordinates, scale: float) -> Floats:
        """Tell how far each member is from the merged shape, relative to its extent; shape (members,)."""
