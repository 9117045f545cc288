"""Masks: PNG files in which a pixel tells its class or its instance (spec: data-formats §11.4).

Pixels are read by their color where the metadata names one, as every reader of Ground Truth's masks does, else by their
value. Needs numpy and Pillow, which only functions that export masks have.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from groundwork.exports.dataset import Dataset
from groundwork.exports.label_reading import LabelClass, read_mask_classes
from groundwork.exports.labeled_object import LabeledObject, UnexportableError

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    Bytes = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    Pixels = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
    Positions = np.ndarray[tuple[int], np.dtype[np.int64]]

READ_AHEAD = 16
"""Masks read from S3 at the same time; a mask of 10 megapixels has some 100 kB."""
MOST_PIXELS = 100_000_000
"""Ground Truth's limit of an image (spec: task-types §1.3); a small file may unpack to much more."""
UNREADABLE = "a mask that is no readable PNG"

Classes = Mapping[int, tuple[LabelClass, str | None]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Area:
    """The pixels of one value: their number, extent (left, top, width, height), and COCO's run lengths.

    Run lengths count pixels down the columns, from left to right: outside, inside, outside, … (cocodataset.org).
    """

    label: LabelClass
    pixels: int
    bbox: tuple[int, int, int, int]
    run_lengths: list[int]


@dataclass(frozen=True, slots=True)
class Mask:
    """A decoded mask: `values` has shape (height, width), 0 where no class is."""

    values: Pixels
    classes: Classes

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.values.shape[0])

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.values.shape[1])

    def areas(self) -> Iterator[Area]:
        """Go through the values that occur, in ascending order."""
        import numpy as np  # noqa: PLC0415

        flat = self.values.ravel(order="F")
        starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
        ends = np.append(starts[1:], flat.size)
        run_values = flat[starts]
        for value, (label, _) in self.classes.items():
            mine = run_values == value
            if mine.any():
                yield _area(label, starts[mine], ends[mine], flat.size, self.height)

    def renumbered(self, values: Mapping[int, int]) -> Pixels:
        """Put other values, from 1 to 255, in place of the classes' own."""
        import numpy as np  # noqa: PLC0415

        table = np.zeros(256, np.uint8)
        for value, other in values.items():
            table[value] = other
        return table[self.values]


def read_masks(dataset: Dataset, parse: Callable[[LabeledObject, Mask], T]) -> Iterator[tuple[LabeledObject, T]]:
    """Go through the objects with what `parse` makes of each mask; see `Dataset.read`."""
    items = dataset.read(_classes)
    while batch := list(islice(items, READ_AHEAD)):
        files = dataset.read_files([item.label for item, _ in batch])
        for (item, classes), content in zip(batch, files, strict=True):
            try:
                found = parse(item, decode(content, classes))
            except UnexportableError as error:
                dataset.leave_out(item, str(error))
            else:
                yield item, found


def decode(content: bytes | None, classes: Classes) -> Mask:
    """Read a mask's file.

    Raises
    ------
    UnexportableError
        It is missing, is no PNG, or has colors without their classes being known.
    """
    import numpy as np  # noqa: PLC0415
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415

    if content is None:
        raise UnexportableError("a mask that is not there")
    try:
        # Opened as a PNG and nothing else: what Pillow knows of other formats is not for the files of strangers.
        with PngImageFile(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnexportableError("a mask of more than 100 megapixels")
            image.load()
            if image.mode in {"P", "L", "1"}:
                values = np.asarray(image if image.mode != "1" else image.convert("L"))
                return Mask(_lookup(image, classes)[values], classes)
            return Mask(_by_color(np.asarray(image.convert("RGB")), classes), classes)
    except UnexportableError:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, zlib.error, struct.error) as error:
        raise UnexportableError(UNREADABLE) from error


def encode(values: Pixels, palette: bytes) -> bytes:
    """Write values as a PNG with a palette: three bytes a color."""
    from PIL import Image  # noqa: PLC0415

    image = Image.fromarray(values)
    image.putpalette(palette)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _classes(item: LabeledObject) -> Classes:
    item.need_image()
    classes = read_mask_classes(item)
    if any(not 0 < value < 256 for value in classes):
        raise UnexportableError("a class that no pixel can have as its value")
    return classes


def _lookup(image: Image, classes: Classes) -> Bytes:
    """Tell for each of 256 stored values which class it stands for."""
    import numpy as np  # noqa: PLC0415

    table = np.zeros(256, np.uint8)
    palette = image.getpalette("RGB") if image.mode == "P" else None
    stored = [tuple(palette[at : at + 3]) for at in range(0, len(palette), 3)] if palette else []
    for value, (_, color) in classes.items():
        rgb = _rgb(color)
        places = [at for at, found in enumerate(stored) if found == rgb] if rgb is not None else []
        for place in places or [value]:
            table[place] = value
    return table


def _by_color(pixels: Bytes, classes: Classes) -> Pixels:
    import numpy as np  # noqa: PLC0415

    values = np.zeros((pixels.shape[0], pixels.shape[1]), np.uint8)
    for value, (_, color) in classes.items():
        rgb = _rgb(color)
        if rgb is None:
            raise UnexportableError("a mask in colors of which the metadata does not name the classes")
        values[(pixels == np.array(rgb, np.uint8)).all(axis=2)] = value
    return values


def _rgb(color: str | None) -> tuple[int, int, int] | None:
    digits = (color or "").removeprefix("#")
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red, green, blue


def _area(label: LabelClass, starts: Positions, ends: Positions, size: int, height: int) -> Area:
    import numpy as np  # noqa: PLC0415

    counts = np.empty(2 * len(starts), np.int64)
    counts[0::2] = starts - np.append(0, ends[:-1])
    counts[1::2] = ends - starts
    run_lengths = counts.tolist() + ([size - int(ends[-1])] if ends[-1] < size else [])
    left, right = int(starts[0]) // height, int(ends[-1] - 1) // height
    # A run over the end of a column goes on at the top of the next one.
    whole = bool((starts // height != (ends - 1) // height).any())
    top = 0 if whole else int((starts % height).min())
    bottom = height - 1 if whole else int(((ends - 1) % height).max())
    extent = left, top, right - left + 1, bottom - top + 1
    return Area(label, int((ends - starts).sum()), extent, run_lengths)
