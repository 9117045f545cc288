"""Small datasets of each form, and what a format makes of them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from groundwork.exports.dataset import Dataset
from groundwork.exports.registry import FORMATS
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.label_form import LabelForm
from PIL import Image

from tests.formats.jobs import image_job

LABELS = ("boat", "buoy", "net")
SIZE = {"width": 200, "height": 100, "depth": 3}
FAILED = {"source-ref": "s3://in/pier/x.jpg", "kind-metadata": {"failure-reason": "ClientError: Declined."}}
UNLABELED = {"source-ref": "s3://in/pier/y.jpg"}
ABOUT = {"human-annotated": "yes", "creation-date": "2026-03-05T10:11:12.123456"}
CLASS_MAP = {str(number): label for number, label in enumerate(LABELS)}
COLORS: dict[str, dict[str, Any]] = {
    "0": {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.8},
    "1": {"class-name": "boat", "hex-color": "#1f77b4", "confidence": 0.8},
    "2": {"class-name": "buoy", "hex-color": "#ff7f0e", "confidence": 0.8},
    "3": {"class-name": "net", "hex-color": "#2ca02c", "confidence": 0.8},
}


def line(source: Mapping[str, Any], label: Any, **metadata: Any) -> dict[str, Any]:
    return {**source, "kind": label, "kind-metadata": {**metadata, **ABOUT}}


def image(name: str) -> dict[str, Any]:
    return {"source-ref": f"s3://in/pier/{name}"}


def shapes(name: str, *annotations: Mapping[str, Any]) -> dict[str, Any]:
    """A line whose label is shapes, each with confidence 0.9."""
    label = {"image_size": [SIZE], "annotations": [dict(annotation) for annotation in annotations]}
    objects = [{"confidence": 0.9} for _ in annotations]
    return line(image(name), label, **{"objects": objects, "class-map": CLASS_MAP})


def box(number: int, left: float, top: float, width: float, height: float) -> dict[str, Any]:
    return {"class_id": number, "left": left, "top": top, "width": width, "height": height}


def outline(number: int, *points: tuple[float, float]) -> dict[str, Any]:
    return {"class_id": number, "vertices": [{"x": x, "y": y} for x, y in points]}


def entities(text: str, *spans: tuple[str, int, int]) -> dict[str, Any]:
    found = [{"label": label, "startOffset": start, "endOffset": end} for label, start, end in spans]
    label = {"annotations": {"labels": [{"label": name} for name in LABELS], "entities": found}}
    return line({"source": text}, label, entities=[{"confidence": 0.5} for _ in found])


def mask(name: str, colors: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return line(image(f"{name}.jpg"), f"s3://out/masks/{name}.png", **{"internal-color-map": colors or COLORS})


def png(
    rows: Sequence[Sequence[int]], colors: Mapping[str, Mapping[str, Any]] | None = None, *, mode: str = "P"
) -> bytes:
    """A mask as our own jobs write it: the pixel is the id, its color in the palette."""
    found = Image.new("P", (len(rows[0]), len(rows)))
    found.putdata([value for row in rows for value in row])
    named = {int(key): bytes.fromhex(entry["hex-color"][1:]) for key, entry in (colors or COLORS).items()}
    found.putpalette([channel for value in range(256) for channel in named.get(value, b"\0\0\0")])
    target = io.BytesIO()
    found.convert(mode).save(target, "PNG") if mode != "P" else found.save(target, "PNG")
    return target.getvalue()


def dataset(
    form: LabelForm,
    lines: Sequence[Mapping[str, Any]],
    files: Mapping[str, bytes] | None = None,
    job: LabelingJob | None = None,
) -> Dataset:
    raw = [json.dumps(line).encode() for line in lines]
    return Dataset(
        job=job or image_job(labels=LABELS),
        form=form,
        texts=bool(lines) and "source" in lines[0],
        read_lines=lambda: iter(raw),
        read_files=lambda uris: [(files or {}).get(uri) for uri in uris],
    )


def export(name: str, data: Dataset) -> dict[str, bytes]:
    """All files of an export, by path."""
    files: dict[str, bytes] = {}
    for file in FORMATS[name](data):
        assert file.path not in files, "two files of one name"
        files[file.path] = file.content if isinstance(file.content, bytes) else b"".join(file.content)
    return files


def save(files: Mapping[str, bytes], folder: Path) -> Path:
    """Put an export into a folder, as a download does."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


CLASSES = [
    line(image("a.jpg"), 0, **{"class-name": "boat", "confidence": 0.95}),
    FAILED,
    line(image("b.jpg"), "2", **{"class-name": "net", "confidence": 0.6}),
    UNLABELED,
]
SETS = [
    line(image("a.jpg"), [2, 0], **{"class-map": CLASS_MAP, "confidence-map": {"2": 0.9, "0": 0.4}}),
    FAILED,
    line(image("b.jpg"), [], **{"class-map": {}, "confidence-map": {}}),
]
BOXES = [
    shapes("2026/a.jpg", box(0, 10, 20, 50, 40), box(2, 138.8, 64.5, 40, 33)),
    FAILED,
    shapes("2027/a.jpg"),
    shapes("2027/b.png", box(1, 0, 0, 200, 100)),
]
POLYGONS = [shapes("a.jpg", outline(1, (10, 10), (50, 10), (50, 30), (10, 30))), UNLABELED, shapes("b.jpg")]
PATHS = [shapes("a.jpg", outline(1, (10, 10), (50, 12.5)))]
POINTS = [shapes("a.jpg", {"class_id": 0, "x": 3, "y": 4.5}, {"class_id": 0, "x": 30, "y": 40}), shapes("b.jpg")]
MASK = [[0, 1, 1, 0], [2, 1, 0, 0], [2, 2, 0, 3]]
MASKS = [mask("a"), FAILED, mask("b")]
MASK_FILES = {"s3://out/masks/a.png": png(MASK), "s3://out/masks/b.png": png([[0, 0], [0, 0]])}
ENTITIES = [
    entities("The Maria left Port Said.", ("boat", 4, 9), ("net", 15, 24)),
    FAILED,
    entities("Nothing here \U0001f6a2"),
]
DATASETS = {
    LabelForm.CLASS: (CLASSES, {}),
    LabelForm.CLASSES: (SETS, {}),
    LabelForm.BOXES: (BOXES, {}),
    LabelForm.POLYGONS: (POLYGONS, {}),
    LabelForm.PATHS: (PATHS, {}),
    LabelForm.POINTS: (POINTS, {}),
    LabelForm.CLASS_MASK: (MASKS, MASK_FILES),
    LabelForm.INSTANCE_MASK: (MASKS, MASK_FILES),
    LabelForm.ENTITIES: (ENTITIES, {}),
    LabelForm.ANY: ([line({"source": "rope"}, {"notes": ["frayed", 2]})], {}),
}
