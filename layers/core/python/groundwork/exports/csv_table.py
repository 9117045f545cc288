"""CSV: a table that spreadsheets and data frames open, one row a label (RFC 4180).

An object with several labels (boxes, entities, classes) has several rows, one with none has one row with empty cells,
so each object is in the table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from groundwork.exports import label_reading
from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import CSV, ExportFile, encoded
from groundwork.exports.label_reading import LabelClass, Shapes
from groundwork.exports.labeled_object import LabeledObject
from groundwork.json_text import compact_json
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.task_type import Json

Row = tuple[Json, ...]
CLASS = ("class_id", "class_name", "confidence")
SIZE = ("image_width", "image_height")
ABOUT = ("human_annotated", "creation_date")


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a form's labels, and the rows of one object's."""

    columns: tuple[str, ...]
    rows: Callable[[LabeledObject], list[Row]]


def write_csv(dataset: Dataset) -> Iterator[ExportFile]:
    """Write `labels.csv`."""
    yield ExportFile("labels.csv", _rows(dataset, TABLES[dataset.form]), CSV)


def csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write rows as CSV, one by one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(row)
        yield encoded(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()


def _rows(dataset: Dataset, table: Table) -> Iterator[bytes]:
    yield from csv_lines([("object", "source", *table.columns, *ABOUT)])
    for item, rows in dataset.read(table.rows):
        about = (item.metadata.get("human-annotated"), item.metadata.get("creation-date"))
        found = rows or [("",) * len(table.columns)]
        yield from csv_lines((item.object_id, item.source, *row, *about) for row in found)


def _class(label: LabelClass) -> Row:
    return label.class_id, label.name, label.confidence


def _one_class(item: LabeledObject) -> list[Row]:
    return [_class(label_reading.read_class(item))]


def _classes(item: LabeledObject) -> list[Row]:
    return [_class(label) for label in label_reading.read_classes(item)]


def _boxes(item: LabeledObject) -> list[Row]:
    return _plain(label_reading.read_boxes(item))


def _points(item: LabeledObject) -> list[Row]:
    return _plain(label_reading.read_points(item))


def _plain(found: Shapes) -> list[Row]:
    return [(*_class(shape.label), *shape.coordinates, found.width, found.height) for shape in found.shapes]


def _outlines(item: LabeledObject) -> list[Row]:
    found = label_reading.read_outlines(item)
    return [
        (*_class(shape.label), _json(zip(*[iter(shape.coordinates)] * 2, strict=True)), found.width, found.height)
        for shape in found.shapes
    ]


def _mask(item: LabeledObject) -> list[Row]:
    return [
        (value, label.name, label.confidence, color, item.label)
        for value, (label, color) in label_reading.read_mask_classes(item).items()
    ]


def _entities(item: LabeledObject) -> list[Row]:
    return [
        (entity.label, entity.confidence, entity.start, entity.end, item.source[entity.start : entity.end])
        for entity in label_reading.read_entities(item)
    ]


def _any(item: LabeledObject) -> list[Row]:
    return [(compact_json(item.label).decode(),)]


def _json(pairs: Iterable[tuple[float, ...]]) -> str:
    return compact_json([list(pair) for pair in pairs]).decode()


TABLES = {
    LabelForm.CLASS: Table(CLASS, _one_class),
    LabelForm.CLASSES: Table(CLASS, _classes),
    LabelForm.BOXES: Table((*CLASS, "left", "top", "width", "height", *SIZE), _boxes),
    LabelForm.POLYGONS: Table((*CLASS, "vertices", *SIZE), _outlines),
    LabelForm.PATHS: Table((*CLASS, "vertices", *SIZE), _outlines),
    LabelForm.POINTS: Table((*CLASS, "x", "y", *SIZE), _points),
    LabelForm.CLASS_MASK: Table(("pixel_value", "class_name", "confidence", "color", "mask"), _mask),
    LabelForm.INSTANCE_MASK: Table(("pixel_value", "class_name", "confidence", "color", "mask"), _mask),
    LabelForm.ENTITIES: Table(("label", "confidence", "start", "end", "text"), _entities),
    LabelForm.ANY: Table(("label",), _any),
}
