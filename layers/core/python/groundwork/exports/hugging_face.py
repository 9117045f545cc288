"""A folder that `datasets.load_dataset` opens: JSON Lines, and their features in the head of `README.md`.

Features are written as `datasets` itself writes them into a dataset card. JSON's forms are YAML too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from groundwork.exports import label_reading
from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import JSON_LINES, MARKDOWN, ExportFile, encoded
from groundwork.exports.label_reading import Entity, LabelClass, Shape, Shapes
from groundwork.exports.labeled_object import LabeledObject
from groundwork.exports.yaml_text import yaml_text
from groundwork.json_text import compact_json
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.task_type import Json

DATA = "data.ndjson"
"""Not `.jsonl`: that is how a dropped manifest may end."""

Feature = dict[str, Json]
Row = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a form's labels become: the features, given that of a class, and the values of one object."""

    features: Callable[[Feature], list[Feature]]
    values: Callable[[LabeledObject, tuple[str, ...]], Row]


def write_hugging_face(dataset: Dataset) -> Iterator[ExportFile]:
    """Write `data.ndjson` and `README.md`."""
    yield ExportFile(DATA, _lines(dataset), JSON_LINES)
    yield ExportFile("README.md", encoded(_card(dataset)), MARKDOWN)


def _lines(dataset: Dataset) -> Iterator[bytes]:
    values = FORMS[dataset.form].values

    def row(item: LabeledObject) -> Row:
        source = {"text": dataset.text(item)} if dataset.texts else {"image": item.image}
        return {"object": item.object_id, **source, **values(item, dataset.labels)}

    for _, found in dataset.read(row):
        yield compact_json(found) + b"\n"


def _card(dataset: Dataset) -> str:
    names = {str(number): label for number, label in enumerate(dataset.labels)}
    features = [
        _feature("object", "int64"),
        _feature("text" if dataset.texts else "image", "string"),
        *FORMS[dataset.form].features({"class_label": {"names": names}}),
    ]
    return f"""---
configs:
- config_name: default
  data_files:
  - split: train
    path: {DATA}
dataset_info:
  features: {_flow(features)}
---

# {" ".join(dataset.job.title.split())}

Labels of the labeling job `{dataset.job.name}`. `object` is the 0-based line of its manifest.
"""


def _feature(name: str, dtype: Json) -> Feature:
    return {"name": name, "dtype": dtype}


def _flow(value: Json) -> str:
    """Write YAML in its flow style."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml_text(key)}: {_flow(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return yaml_text(value) if isinstance(value, str) else str(value)


CONFIDENCE = _feature("confidence", "float64")
SIZE = [_feature("width", "int64"), _feature("height", "int64")]


def _one_class(item: LabeledObject, labels: tuple[str, ...]) -> Row:
    return _class("label", label_reading.read_class(item), labels)


def _classes(item: LabeledObject, labels: tuple[str, ...]) -> Row:
    found = label_reading.read_classes(item)
    return {
        "labels": [label.position(labels) for label in found],
        "confidences": [label.confidence for label in found],
    }


def _class(key: str, label: LabelClass, labels: tuple[str, ...]) -> Row:
    return {key: label.position(labels), "confidence": label.confidence}


def _shape_features(name: str, place: Feature) -> Callable[[Feature], list[Feature]]:
    def features(of_class: Feature) -> list[Feature]:
        shape = [_feature("label", of_class), CONFIDENCE, {"name": name, **place}]
        return [*SIZE, {"name": "objects", "list": shape}]

    return features


def _shape_values(
    name: str, read: Callable[[LabeledObject], Shapes], place: Callable[[Shape], Json]
) -> Callable[[LabeledObject, tuple[str, ...]], Row]:
    def values(item: LabeledObject, labels: tuple[str, ...]) -> Row:
        found = read(item)
        objects = [{**_class("label", shape.label, labels), name: place(shape)} for shape in found.shapes]
        return {"width": found.width, "height": found.height, "objects": objects}

    return values


def _shapes(
    name: str, feature: Feature, read: Callable[[LabeledObject], Shapes], place: Callable[[Shape], Json]
) -> Columns:
    return Columns(_shape_features(name, feature), _shape_values(name, read, place))


def _flat(shape: Shape) -> list[float]:
    return list(shape.coordinates)


def _pairs(shape: Shape) -> list[list[float]]:
    return [list(pair) for pair in zip(*[iter(shape.coordinates)] * 2, strict=True)]


def _mask(item: LabeledObject, labels: tuple[str, ...]) -> Row:
    areas = [
        {"pixel_value": value, **_class("label", label, labels)}
        for value, (label, _) in label_reading.read_mask_classes(item).items()
    ]
    return {"mask": item.label, "areas": areas}


def _mask_features(of_class: Feature) -> list[Feature]:
    areas = [_feature("pixel_value", "int64"), _feature("label", of_class), CONFIDENCE]
    return [_feature("mask", "string"), {"name": "areas", "list": areas}]


def _entities(item: LabeledObject, labels: tuple[str, ...]) -> Row:
    def entity(found: Entity) -> Row:
        label = LabelClass(0, found.label, found.confidence)
        return {"start": found.start, "end": found.end, **_class("label", label, labels)}

    return {"entities": [entity(found) for found in label_reading.read_entities(item)]}


def _entity_features(of_class: Feature) -> list[Feature]:
    entity = [_feature("start", "int64"), _feature("end", "int64"), _feature("label", of_class), CONFIDENCE]
    return [{"name": "entities", "list": entity}]


_VERTICES: Feature = {"list": {"list": "float64"}}
_MASK = Columns(_mask_features, _mask)
FORMS = {
    LabelForm.CLASS: Columns(lambda of_class: [_feature("label", of_class), CONFIDENCE], _one_class),
    LabelForm.CLASSES: Columns(
        lambda of_class: [{"name": "labels", "list": of_class}, {"name": "confidences", "list": "float64"}], _classes
    ),
    LabelForm.BOXES: _shapes("bbox", {"list": "float64", "length": 4}, label_reading.read_boxes, _flat),
    LabelForm.POLYGONS: _shapes("vertices", _VERTICES, label_reading.read_outlines, _pairs),
    LabelForm.PATHS: _shapes("vertices", _VERTICES, label_reading.read_outlines, _pairs),
    LabelForm.POINTS: _shapes("point", {"list": "float64", "length": 2}, label_reading.read_points, _flat),
    LabelForm.CLASS_MASK: _MASK,
    LabelForm.INSTANCE_MASK: _MASK,
    LabelForm.ENTITIES: Columns(_entity_features, _entities),
}
