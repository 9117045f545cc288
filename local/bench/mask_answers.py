"""Generated answers that are masks of small photos, in the form that the templates submit."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Mapping, Sequence

from groundwork.task_types.mask_colors import CATEGORY_COLORS
from groundwork.task_types.task_type import Json
from PIL import Image

AREAS = ("sky", "road", "tree")
WIDE, HIGH = 640, 480


def painted_areas(source: random.Random, workers: int) -> list[dict[str, Json]]:
    """Paint two of three areas of a small photo; the edges of each worker lie up to 8 pixels elsewhere."""

    def mask() -> dict[str, Json]:
        horizon, trunk = 240 + source.randint(-8, 8), 300 + source.randint(-8, 8)
        rectangles = ((1, (0, 0, WIDE, horizon)), (3, (trunk, 100, trunk + 60, 400)))
        image = _painted(rectangles, dict(enumerate(CATEGORY_COLORS, start=1)))
        colors = {AREAS[value - 1]: {"color": CATEGORY_COLORS[value - 1]} for value, _ in rectangles}
        return {"crowd-semantic-segmentation": {"labelMappings": colors, **image}}

    return [mask() for _ in range(workers)]


def painted_things(source: random.Random, workers: int) -> list[dict[str, Json]]:
    """Paint up to eight cars in a small photo; one in ten is overlooked."""

    def mask() -> dict[str, Json]:
        seen = [place for place in range(8) if source.random() < 0.9]
        rectangles = []
        for value, place in enumerate(seen, start=1):
            left, top = 20 + place % 4 * 150 + source.randint(-4, 4), 80 + place // 4 * 200 + source.randint(-4, 4)
            rectangles.append((value, (left, top, left + 100, top + 80)))
        image = _painted(rectangles, dict(enumerate(CATEGORY_COLORS, start=1)))
        instances = [{"color": CATEGORY_COLORS[value - 1], "label": "tree"} for value, _ in rectangles]
        return {"crowd-instance-segmentation": {"instances": instances, **image}}

    return [mask() for _ in range(workers)]


def _painted(rectangles: Sequence[tuple[int, tuple[int, int, int, int]]], colors: Mapping[int, str]) -> dict[str, Json]:
    image = Image.new("RGBA", (WIDE, HIGH))
    for value, corners in rectangles:
        image.paste(colors[value], corners)
    file = io.BytesIO()
    image.save(file, "PNG")
    return {
        "inputImageProperties": {"height": HIGH, "width": WIDE},
        "labeledImage": {"pngImageData": base64.b64encode(file.getvalue()).decode()},
    }
