"""COCO's object detection JSON: boxes, outlines, keypoints, and masks as run lengths (cocodataset.org, format-data).

One file, written as a stream: the annotations first, then the images, of which only the sizes are remembered between.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from groundwork.exports import label_reading
from groundwork.exports.dataset import Dataset
from groundwork.exports.export_file import JSON, ExportFile
from groundwork.exports.file_names import FileNames
from groundwork.exports.label_reading import LabelClass, Shapes
from groundwork.exports.labeled_object import LabeledObject, UnexportableError
from groundwork.exports.masks import Area, Mask, read_masks
from groundwork.json_text import compact_json
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.task_type import Json

VISIBLE = 2
"""`v` of a keypoint that is labeled and visible."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An image's size in pixels and its annotations, without their ids."""

    width: int
    height: int
    annotations: list[dict[str, Json]]


def write_coco(dataset: Dataset) -> Iterator[ExportFile]:
    """Write `instances.json`. Ids: image = object id + 1, category = place of the label from 1, annotations from 1."""
    yield ExportFile("instances.json", _document(dataset), JSON)


def _document(dataset: Dataset) -> Iterator[bytes]:
    sizes = array("I")
    yield b'{"info":' + compact_json({"description": dataset.job.name, "version": "1.0"})
    yield b',"licenses":[],"categories":' + compact_json(_categories(dataset))
    yield b',"annotations":['
    yield from _listed(_annotations(dataset, sizes))
    yield b'],"images":['
    yield from _listed(_images(dataset, sizes))
    yield b"]}\n"


def _listed(entries: Iterable[dict[str, Json]]) -> Iterator[bytes]:
    separator = b"\n"
    for entry in entries:
        yield separator + compact_json(entry)
        separator = b",\n"


def _categories(dataset: Dataset) -> list[dict[str, Json]]:
    points = dataset.form is LabelForm.POINTS
    return [
        {"id": number, "name": label, "supercategory": "", **({"keypoints": [label], "skeleton": []} if points else {})}
        for number, label in enumerate(dataset.labels, start=1)
    ]


def _annotations(dataset: Dataset, sizes: array[int]) -> Iterator[dict[str, Json]]:
    """Go through all annotations, noting the sizes of their images."""
    # From 1: evaluation takes an id of 0 for no match.
    number = 0
    for item, found in FORMS[dataset.form](dataset):
        sizes.extend((found.width, found.height))
        for annotation in found.annotations:
            number += 1
            yield {"id": number, "image_id": item.object_id + 1, **annotation, "iscrowd": 0}


def _images(dataset: Dataset, sizes: array[int]) -> Iterator[dict[str, Json]]:
    names, remembered = FileNames(dataset), iter(sizes)
    for item in dataset.objects():
        size = {"width": next(remembered), "height": next(remembered)}
        yield {"id": item.object_id + 1, "file_name": names.of(item).path, **size, "coco_url": item.image}


def _from_shapes(
    read: Callable[[LabeledObject], Shapes], annotate: Callable[[tuple[float, ...]], dict[str, Json]]
) -> Callable[[Dataset], Iterator[tuple[LabeledObject, Annotated]]]:
    def annotated(dataset: Dataset) -> Iterator[tuple[LabeledObject, Annotated]]:
        def parse(item: LabeledObject) -> Annotated:
            item.need_image()
            found = read(item)
            return Annotated(
                found.width,
                found.height,
                [
                    {**_category(shape.label, dataset), **annotate(shape.coordinates), **_score(shape.label)}
                    for shape in found.shapes
                ],
            )

        yield from dataset.read(parse)

    return annotated


def _from_masks(dataset: Dataset) -> Iterator[tuple[LabeledObject, Annotated]]:
    def parse(item: LabeledObject, mask: Mask) -> Annotated:
        del item
        return Annotated(
            mask.width,
            mask.height,
            [
                {**_category(area.label, dataset), **_run_lengths(area, mask), **_score(area.label)}
                for area in mask.areas()
            ],
        )

    yield from read_masks(dataset, parse)


def _category(label: LabelClass, dataset: Dataset) -> dict[str, Json]:
    return {"category_id": label.position(dataset.labels) + 1}


def _score(label: LabelClass) -> dict[str, Json]:
    return {} if label.confidence is None else {"score": label.confidence}


def _box(coordinates: tuple[float, ...]) -> dict[str, Json]:
    _, _, width, height = coordinates
    return {"bbox": list(coordinates), "area": width * height, "segmentation": []}


def _polygon(coordinates: tuple[float, ...]) -> dict[str, Json]:
    if len(coordinates) < 6:
        raise UnexportableError("a polygon of fewer than three vertices")
    xs, ys = coordinates[::2], coordinates[1::2]
    bbox = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
    crossed = sum(x * ys[at - 1] - xs[at - 1] * y for at, (x, y) in enumerate(zip(xs, ys, strict=True)))
    return {"bbox": bbox, "area": abs(crossed) / 2, "segmentation": [list(coordinates)]}


def _point(coordinates: tuple[float, ...]) -> dict[str, Json]:
    x, y = coordinates
    return {"bbox": [x, y, 0, 0], "area": 0, "keypoints": [x, y, VISIBLE], "num_keypoints": 1, "segmentation": []}


def _run_lengths(area: Area, mask: Mask) -> dict[str, Json]:
    return {
        "bbox": list(area.bbox),
        "area": area.pixels,
        "segmentation": {"size": [mask.height, mask.width], "counts": area.run_lengths},
    }


FORMS = {
    LabelForm.BOXES: _from_shapes(label_reading.read_boxes, _box),
    LabelForm.POLYGONS: _from_shapes(label_reading.read_outlines, _polygon),
    LabelForm.POINTS: _from_shapes(label_reading.read_points, _point),
    LabelForm.CLASS_MASK: _from_masks,
    LabelForm.INSTANCE_MASK: _from_masks,
}
