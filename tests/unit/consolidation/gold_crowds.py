"""Crowds that answer tasks of every kind: two good workers, and three who are careless in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from groundwork.task_types import registry
from groundwork.task_types.task_type import GOLD_VOTER

from tests.formats.jobs import entity_job, image_multi_label_job, segmentation_job, shape_job
from tests.formats.masks import instance_answer, semantic_answer

GOOD, CARELESS = ("ada", "bo"), ("cy", "di", "ed")
SIDE = 200.0


@dataclass(frozen=True)
class Case:
    """`truth` and `careless` make an answer of a random generator that has the same seed for one object."""

    job: Any
    truth: Any
    careless: Any
    algorithm: str = "default"

    @property
    def consolidation(self) -> Any:
        return registry.get(self.job.task_type).consolidation_by(self.algorithm)

    def votes(self, objects: int, gold: Any = ()) -> list[Any]:
        """All votes; `gold` objects have their known answer too."""
        found: list[Any] = []
        for number in range(objects):
            said = [(worker, self.truth) for worker in GOOD] + [(worker, self.careless) for worker in CARELESS]
            said += [(GOLD_VOTER, self.truth)] if number in gold else []
            for worker, answer in said:
                found.append((number, worker, self.consolidation.vote(answer(Random(number)), self.job)))
        return found


def sets(chosen: Any) -> dict[str, Any]:
    return {"crowd-image-classifier-multi-select": {"labels": chosen}}


def true_set(random: Random) -> dict[str, Any]:
    return sets(random.sample(("boat", "buoy", "net"), 1 + random.randrange(2)))


def drawn(key: str, shapes: Any) -> dict[str, Any]:
    size = {"width": int(SIDE), "height": int(SIDE)}
    return {"widget": {key: shapes, "inputImageProperties": size}}


def place(random: Random) -> tuple[float, float]:
    return 10 + 60 * random.random(), 10 + 60 * random.random()


def boxes(*lefts_and_tops: Any) -> dict[str, Any]:
    listed = [{"label": "boat", "left": left, "top": top, "width": 30, "height": 30} for left, top in lefts_and_tops]
    return drawn("boundingBoxes", listed)


def true_boxes(random: Random) -> dict[str, Any]:
    first = place(random)
    return boxes(first, (first[0] + 90, first[1] + 90))


def careless_boxes(random: Random) -> dict[str, Any]:
    """Only one of both, and one that is not there."""
    first = place(random)
    return boxes(first, (first[0] + 90, first[1]))


def outlines(key: str, random: Random, *, moved: float, path: bool = False) -> dict[str, Any]:
    x, y = place(random)
    corners = [(0, 0), (40, 0), (40, 40)] + ([] if path else [(0, 40)])
    vertices = [{"x": x + dx + moved, "y": y + dy} for dx, dy in corners]
    return drawn(key, [{"label": "boat", "vertices": vertices[:2] if key == "lines" else vertices}])


def shapes_case(task_type: str, key: str, *, path: bool) -> Case:
    return Case(
        shape_job(task_type, workers_per_object=5),
        lambda random: outlines(key, random, moved=0, path=path),
        lambda random: outlines(key, random, moved=90, path=path),
    )


def points(random: Random, moved: float) -> dict[str, Any]:
    x, y = place(random)
    listed = [{"label": "boat", "x": x + moved, "y": y}, {"label": "buoy", "x": x, "y": y + 80}]
    return drawn("keypoints", listed)


def entities(*spans: Any) -> dict[str, Any]:
    listed = [{"startOffset": start, "endOffset": end, "label": label} for start, end, label in spans]
    return {"crowd-entity-annotation": {"entities": listed}}


def true_entities(random: Random) -> dict[str, Any]:
    start = random.randrange(20)
    return entities((start, start + 8, "Vessel"), (start + 40, start + 50, "Port"))


def careless_entities(random: Random) -> dict[str, Any]:
    """The first one with the wrong label, not the second, and one that is none."""
    start = random.randrange(20)
    return entities((start, start + 8, "Port"), (start + 20, start + 30, "Port"))


def square(random: Random, dx: int, value: int) -> Any:
    ids = np.zeros((40, 40), np.uint8)
    top, left = random.randrange(10), random.randrange(10)
    ids[top : top + 12, left + dx : left + dx + 12] = value
    return ids


def true_mask(random: Random) -> dict[str, Any]:
    return semantic_answer(square(random, 0, 1), ("deck", "mast", "rope"))


def careless_mask(random: Random) -> dict[str, Any]:
    """Twelve pixels too far to the right."""
    return semantic_answer(square(random, 12, 1), ("deck", "mast", "rope"))


def things(random: Random, dx: int) -> dict[str, Any]:
    return instance_answer(square(random, dx, 1), ("deck",))


SETS = image_multi_label_job(workers_per_object=5)
MASKS = segmentation_job(workers_per_object=5)
CASES = {
    "sets": Case(SETS, true_set, lambda random: sets(["boat"])),
    "boxes": Case(shape_job("BoundingBox", workers_per_object=5), true_boxes, careless_boxes),
    "mean boxes": Case(
        shape_job("BoundingBox", workers_per_object=5), true_boxes, careless_boxes, algorithm="ground-truth"
    ),
    "polygons": shapes_case("Polygon", "polygons", path=False),
    "polylines": shapes_case("Polyline", "polylines", path=True),
    "lines": shapes_case("Line", "lines", path=True),
    "points": Case(
        shape_job("Keypoint", workers_per_object=5),
        lambda random: points(random, 0),
        lambda random: points(random, 70),
    ),
    "entities": Case(entity_job(workers_per_object=5), true_entities, careless_entities),
    "entity clusters": Case(
        entity_job(workers_per_object=5), true_entities, careless_entities, algorithm="ground-truth"
    ),
    "masks": Case(MASKS, true_mask, careless_mask),
    "instances": Case(
        segmentation_job(task_type="InstanceSegmentation", workers_per_object=5),
        lambda random: things(random, 0),
        lambda random: things(random, 12),
    ),
}
