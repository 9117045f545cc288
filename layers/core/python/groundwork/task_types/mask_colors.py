"""Colors of consolidated masks: far apart, and the same for a label in every mask of a job."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator

BACKGROUND_COLOR = "#ffffff"
"""Color of pixels that nobody painted (spec: data-formats §11.4)."""
CATEGORY_COLORS = (
    "#1f77b4",
    "#ff7f0e",
    "#2ca02c",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
)
"""d3's category10, which the elements paint with (spec: crowd-elements §6.2)."""
GOLDEN_ANGLE = 0.381966
"""Turn of the color circle between further colors: however many there are, none comes near an earlier one soon."""


def mask_colors(count: int) -> tuple[str, ...]:
    """Give so many distinct colors, none of them the background's."""
    colors: dict[str, None] = {}
    for color in _endless():
        if len(colors) == count:
            break
        colors[color] = None
    return tuple(colors)


def _endless() -> Iterator[str]:
    yield from CATEGORY_COLORS
    turn = 0
    while True:
        red, green, blue = colorsys.hsv_to_rgb(turn * GOLDEN_ANGLE % 1, 0.55 + turn % 3 * 0.2, 0.95 - turn % 2 * 0.3)
        yield f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
        turn += 1
