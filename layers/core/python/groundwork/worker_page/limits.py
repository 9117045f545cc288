"""How much a template may cost (spec: crowd-elements §2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LocalNamespaceLimitError, LoopIterationLimitError, OutputStreamLimitError

if TYPE_CHECKING:
    from liquid import RenderContext

SOURCE_CHARACTERS = 128_000
LOOP_TURNS = 20_000
"""Turns of all loops of one page together; also the longest range."""
OUTPUT_BYTES = 5_000_000
"""UTF-8 bytes of one page, and characters of any text a filter makes on the way to it."""
NAMESPACE_BYTES = 2_000_000
"""Size of everything `assign` and `capture` hold at a time."""
INTEGER_BITS = 16_384
"""Largest integer a variable may hold: repeated multiplication doubles the digits each time."""


class LimitedRange(RangeLiteral):
    """`(first..last)` that is refused before anything expands it."""

    __slots__ = ()

    def evaluate(self, context: RenderContext) -> range:
        """Evaluate the bounds.

        Raises
        ------
        LoopIterationLimitError
            The range holds more numbers than one page may loop over.
        """
        numbers = super().evaluate(context)
        if numbers.stop - numbers.start > LOOP_TURNS:
            raise LoopIterationLimitError(
                f"the range {numbers.start}..{numbers.stop - 1} holds more than {LOOP_TURNS:,} numbers",
                token=self.token,
            )
        return numbers


def loop_limit() -> LoopIterationLimitError:
    """Say that the loops take too many turns."""
    return LoopIterationLimitError(f"the loops of this page take more than {LOOP_TURNS:,} turns", token=None)


def output_limit() -> OutputStreamLimitError:
    """Say that the page, or a text on the way to it, is too large."""
    return OutputStreamLimitError(f"the page is larger than {OUTPUT_BYTES:,} bytes", token=None)


def namespace_limit() -> LocalNamespaceLimitError:
    """Say that the variables are too large."""
    return LocalNamespaceLimitError(f"the variables hold more than {NAMESPACE_BYTES:,} bytes", token=None)
