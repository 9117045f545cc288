"""YOLO: a text file an image, a line a shape, in fractions of the image's sides (docs.ultralytics.com, datasets).

Boxes: class, center x, center y, width, height. Polygons: class, x, y, x, y, …. Classes count from 0 as the labels do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from groundwork.exports import label_reading
from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import TEXT, YAML, ExportFile, text_lines
from groundwork.exports.file_names import FileNames, write_sources
from groundwork.exports.label_reading import Shape, Shapes
from groundwork.exports.labeled_object import LabeledObject, UnexportableError
from groundwork.exports.yaml_text import yaml_text
from groundwork.task_types.label_form import LabelForm

Place = Callable[[Shape, Shapes], tuple[float, ...]]


def write_yolo(dataset: Dataset) -> Iterator[ExportFile]:
    """Write `labels/…`, `data.yaml`, the list `images.txt` that it names, and `images.csv` with the addresses."""
    read, place = FORMS[dataset.form]

    def lines(item: LabeledObject) -> bytes:
        item.need_image()
        found = read(item)
        return b"".join(text_lines(_line(shape, found, dataset, place) for shape in found.shapes))

    names = FileNames(dataset)
    for item, content in dataset.read(lines):
        yield ExportFile(f"labels/{names.of(item).stem}.txt", content, TEXT)
    images = (f"./images/{names.of(item).path}" for item in dataset.objects())
    yield ExportFile("images.txt", text_lines(images), TEXT)
    yield write_sources(dataset, names)
    classes = "".join(f"  {number}: {yaml_text(label)}\n" for number, label in enumerate(dataset.labels))
    document = f"path: .\ntrain: images.txt\nval: images.txt\nnames:\n{classes}"
    yield ExportFile("data.yaml", document.encode(), YAML)


def _line(shape: Shape, image: Shapes, dataset: Dataset, place: Place) -> str:
    fractions = (min(max(value, 0.0), 1.0) for value in place(shape, image))
    return " ".join([str(shape.label.position(dataset.labels)), *(f"{fraction:.6f}" for fraction in fractions)])


def _box(shape: Shape, image: Shapes) -> tuple[float, ...]:
    left, top, width, height = shape.coordinates
    right, bottom = min(left + width, image.width), min(top + height, image.height)
    left, top = max(left, 0.0), max(top, 0.0)
    return (
        (left + right) / 2 / image.width,
        (top + bottom) / 2 / image.height,
        (right - left) / image.width,
        (bottom - top) / image.height,
    )


def _outline(shape: Shape, image: Shapes) -> tuple[float, ...]:
    if len(shape.coordinates) < 6:
        raise UnexportableError("a polygon of fewer than three vertices")
    sides = image.width, image.height
    return tuple(value / sides[at % 2] for at, value in enumerate(shape.coordinates))


FORMS: dict[LabelForm, tuple[Callable[[LabeledObject], Shapes], Place]] = {
    LabelForm.BOXES: (label_reading.read_boxes, _box),
    LabelForm.POLYGONS: (label_reading.read_outlines, _outline),
}
