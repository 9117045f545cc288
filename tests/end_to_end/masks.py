"""Masks that several people paint over the same two things, and what must come of them."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.end_to_end.answers import Kind, Outcome, check_confidence, slips
from tests.end_to_end.drawings import Box, things
from tests.end_to_end.shown_task import ShownTask

Json = Any
COLORS = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd")
SEMANTIC = "crowd-semantic-segmentation"
INSTANCE = "crowd-instance-segmentation"


def png_data(image: Image.Image) -> str:
    """Encode a picture as an answer carries it."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def paint(image: Image.Image, box: Box, color: str, shift: int = 0) -> None:
    """Fill a box, moved to the right by a few pixels."""
    left, top, width, height = (round(number) for number in box)
    ImageDraw.Draw(image).rectangle((left + shift, top, left + shift + width - 1, top + height - 1), fill=color)


def middle(box: Box) -> tuple[int, int]:
    """The pixel in the middle of a box."""
    return round(box[0] + box[2] / 2), round(box[1] + box[3] / 2)


def _painted(task: ShownTask) -> tuple[Image.Image, list[tuple[str, str]]]:
    """Paint the things, each worker a pixel further to the right; whoever slips misses the second one."""
    image = Image.new("RGBA", task.size)
    seen = things(task.size, task.labels)
    used = []
    for (label, box), color in zip(seen[:1] if slips(task) else seen, COLORS, strict=False):
        paint(image, box, color, shift=task.worker - 1)
        used.append((label, color))
    return image, used


def _widget(task: ShownTask, image: Image.Image, **more: Json) -> dict[str, Json]:
    width, height = task.size
    return {
        "inputImageProperties": {"width": width, "height": height},
        "labeledImage": {"pngImageData": png_data(image)},
        **more,
    }


def semantic() -> Kind:
    """A label for every pixel."""

    def answer(task: ShownTask) -> Mapping[str, Json]:
        image, used = _painted(task)
        mappings = {label: {"color": color} for label, color in used}
        return {task.field(SEMANTIC): _widget(task, image, labelMappings=mappings)}

    def check(outcome: Outcome) -> None:
        mask = _checked_mask(outcome)
        _check_color_map(outcome, mask)
        for label, box in things(mask.size, outcome.labels):
            assert mask.getpixel(middle(box)) == outcome.labels.index(label) + 1
        assert mask.getpixel((1, 1)) == 0
        assert "adjustment-status" not in outcome.metadata

    return Kind(answer, check)


def adjusted_mask() -> Kind:
    """The mask of an earlier job, with a patch that everybody paints into its corner."""
    patch = (4.0, 4.0, 24.0, 24.0)

    def answer(task: ShownTask) -> Mapping[str, Json]:
        earlier = task.images[1]
        assert earlier.size == task.size
        shown = task.elements[SEMANTIC]["initial-value"]
        mappings = json.loads(shown.split("labelMappings:", 1)[1].rsplit("}", 1)[0])
        image = earlier.convert("RGB")
        label = task.labels[0]
        color = mappings.setdefault(label, {"color": "#17becf"})["color"]
        paint(image, patch, color)
        widget = _widget(task, image, labelMappings=mappings, initialValueModified=not slips(task))
        return {task.field(SEMANTIC): widget}

    def check(outcome: Outcome) -> None:
        mask = _checked_mask(outcome)
        _check_color_map(outcome, mask)
        assert mask.getpixel(middle(patch)) == 1
        assert outcome.metadata["adjustment-status"] == "adjusted"
        before, after = _earlier_mask(outcome), np.asarray(mask)
        left, top, width, height = (round(number) for number in patch)
        before[top : top + height, left : left + width] = 1
        assert (before == after).all()

    return Kind(answer, check)


def _earlier_mask(outcome: Outcome) -> NDArray[np.uint8]:
    """Read the mask that a line came with, each pixel the class id that its label has in this job."""
    ((name, uri),) = ((name, uri) for name, uri in outcome.line.items() if f"{name}-metadata" in outcome.line)
    colors = outcome.line[f"{name}-metadata"]["internal-color-map"]
    table = np.zeros(256, np.uint8)
    for value, entry in colors.items():
        if entry["class-name"] in outcome.labels:
            table[int(value)] = outcome.labels.index(entry["class-name"]) + 1
    with Image.open(io.BytesIO(outcome.read(uri))) as earlier:
        classes: NDArray[np.uint8] = table[np.asarray(earlier)]
        return classes


def instances() -> Kind:
    """Two things of one label, each with a color of its own."""

    def answer(task: ShownTask) -> Mapping[str, Json]:
        image, used = _painted(task)
        listed = [{"label": task.labels[0], "color": color} for _, color in used]
        return {task.field(INSTANCE): _widget(task, image, instances=listed)}

    def check(outcome: Outcome) -> None:
        mask = _checked_mask(outcome)
        found = outcome.metadata["instances"]
        assert [entry["class-name"] for entry in found] == [outcome.labels[0]] * 2
        assert _colors(mask)[1:3] == [entry["hex-color"] for entry in found]
        for entry in found:
            check_confidence(entry["confidence"])
        places = [middle(box) for _, box in things(mask.size, outcome.labels)]
        assert [mask.getpixel(place) for place in [*places, (1, 1)]] == [1, 2, 0]

    return Kind(answer, check)


def _checked_mask(outcome: Outcome) -> Image.Image:
    """Open the file that a label points to: a palette PNG of the image's size."""
    content = outcome.read(outcome.label)
    with (
        Image.open(io.BytesIO(content)) as mask,
        Image.open(io.BytesIO(outcome.read(outcome.line["source-ref"]))) as of,
    ):
        mask.load()
        assert (mask.format, mask.mode, mask.size) == ("PNG", "P", of.size)
        return mask.copy()


def _check_color_map(outcome: Outcome, mask: Image.Image) -> None:
    colors = outcome.metadata["internal-color-map"]
    assert [entry["class-name"] for entry in colors.values()] == ["BACKGROUND", *outcome.labels]
    assert list(colors) == [str(number) for number in range(len(colors))]
    assert _colors(mask)[: len(colors)] == [entry["hex-color"] for entry in colors.values()]
    for entry in colors.values():
        check_confidence(entry["confidence"])


def _colors(mask: Image.Image) -> Sequence[str]:
    palette = mask.getpalette() or []
    return [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in zip(*[iter(palette)] * 3, strict=False)]
