"""Pascal VOC: an XML file an image with its boxes, or a PNG an image with its classes (VOC development kit, 2012).

Pixels count from 1 and both ends of a box belong to it. A segmentation has 0 where no class is, else the place of the
label from 1, in VOC's own colors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from groundwork.exports import label_reading
from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import PNG, TEXT, XML, ExportFile, encoded, text_lines
from groundwork.exports.file_names import FileNames, ImageName, write_sources
from groundwork.exports.label_reading import Shape, Shapes
from groundwork.exports.labeled_object import LabeledObject, UnexportableError
from groundwork.exports.masks import Mask, encode, read_masks
from groundwork.task_types.label_form import LabelForm

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write, and the carriage return, which its readers change (§2.2, §2.11)."""
BACKGROUND = "background"
VOID = 255
"""Value of pixels that are not judged."""


def write_voc(dataset: Dataset) -> Iterator[ExportFile]:
    """Write `Annotations/…` or `SegmentationClass/…`, the list of them under `ImageSets/`, and `images.csv`."""
    names = FileNames(dataset)
    if dataset.form is LabelForm.CLASS_MASK:
        yield from _masks(dataset, names)
        yield _image_set("Segmentation", dataset, names)
        yield ExportFile("labels.txt", b"".join(text_lines([BACKGROUND, *dataset.labels])), TEXT)
    else:
        yield from _boxes(dataset, names)
        yield _image_set("Main", dataset, names)
        yield ExportFile("labels.txt", b"".join(text_lines(dataset.labels)), TEXT)
    yield write_sources(dataset, names)


def _image_set(folder: str, dataset: Dataset, names: FileNames) -> ExportFile:
    lines = text_lines(names.of(item).stem for item in dataset.objects())
    return ExportFile(f"ImageSets/{folder}/default.txt", lines, TEXT)


def _boxes(dataset: Dataset, names: FileNames) -> Iterator[ExportFile]:
    def write(item: LabeledObject) -> bytes:
        item.need_image()
        return _annotation(label_reading.read_boxes(item), names.of(item), dataset)

    for item, content in dataset.read(write):
        yield ExportFile(f"Annotations/{names.of(item).stem}.xml", content, XML)


def _annotation(image: Shapes, name: ImageName, dataset: Dataset) -> bytes:
    path = PurePosixPath(name.path)
    size = _element("width", image.width) + _element("height", image.height) + _element("depth", image.depth)
    parts = [
        _element("folder", "" if path.parent == PurePosixPath() else str(path.parent)),
        _element("filename", path.name),
        f"<source>{_element('database', dataset.job.name)}</source>",
        f"<size>{size}</size>",
        _element("segmented", 0),
        *(_object(shape, image, dataset.labels) for shape in image.shapes),
    ]
    return encoded("<annotation>\n" + "\n".join(parts) + "\n</annotation>\n")


def _object(shape: Shape, image: Shapes, labels: tuple[str, ...]) -> str:
    shape.label.position(labels)  # refuses a class that is none of them
    left, top, width, height = shape.coordinates
    (xmin, xmax), (ymin, ymax) = _ends(left, width, image.width), _ends(top, height, image.height)
    ends = {"xmin": xmin, "ymin": ymin, "xmax": xmax, "ymax": ymax}
    box = "".join(_element(name, value) for name, value in ends.items())
    about = _element("name", shape.label.name) + _element("pose", "Unspecified")
    return f"<object>{about}{_element('truncated', 0)}{_element('difficult', 0)}<bndbox>{box}</bndbox></object>"


def _ends(start: float, length: float, side: int) -> tuple[int, int]:
    """Round to whole pixels inside the image; at least one pixel is left."""
    first = min(max(round(start) + 1, 1), side)
    return first, max(min(round(start + length), side), first)


def _element(name: str, value: object) -> str:
    return f"<{name}>{escape(_NO_XML.sub(' ', str(value)))}</{name}>"


def _masks(dataset: Dataset, names: FileNames) -> Iterator[ExportFile]:
    palette = voc_palette()

    def write(item: LabeledObject, mask: Mask) -> bytes:
        del item
        return encode(mask.renumbered(_values(mask, dataset.labels)), palette)

    for item, content in read_masks(dataset, write):
        yield ExportFile(f"SegmentationClass/{names.of(item).stem}.png", content, PNG)


def _values(mask: Mask, labels: tuple[str, ...]) -> dict[int, int]:
    """Tell which value of VOC's each value of the mask becomes."""
    values = {value: label.position(labels) + 1 for value, (label, _) in mask.classes.items()}
    if any(value >= VOID for value in values.values()):
        raise UnexportableError("a class that no pixel can have as its value")
    return values


def voc_palette() -> bytes:
    """List VOC's 256 colors: the bits of a number, dealt in turn to red, green and blue from the highest bit down."""
    colors = bytearray()
    for number in range(256):
        for channel in range(3):
            bits = (((number >> (3 * place + channel)) & 1) << (7 - place) for place in range(8))
            colors.append(sum(bits))
    return bytes(colors)
