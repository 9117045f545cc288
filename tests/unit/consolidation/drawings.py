"""Jobs and answers of the types whose answers are shapes."""

from __future__ import annotations

import json

from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from tests.formats.jobs import NOW, image_job

LABELS = ("boat", "buoy")
KEYS = {
    "BoundingBox": "boundingBoxes",
    "AdjustmentBoundingBox": "boundingBoxes",
    "Polygon": "polygons",
    "Polyline": "polylines",
    "Line": "lines",
    "Keypoint": "keypoints",
}
SIZE = (640, 480)


def shape_job(name, **changes):
    return image_job(**{"task_type": name, "label_attribute": "things", "labels": LABELS, **changes})


def box(left, top, width=20, height=10, label="boat"):
    return {"label": label, "left": left, "top": top, "width": width, "height": height}


def vertices(*places, label="boat"):
    return {"label": label, "vertices": [{"x": x, "y": y} for x, y in places]}


def point(x, y, label="boat"):
    return {"label": label, "x": x, "y": y}


def answered(name, *drawings, object_id=0, size=SIZE, workers=None, missing=0, **more):
    """One drawing, a list of shapes, a worker."""
    workers = workers or [f"w{number}" for number in range(len(drawings))]
    properties = {"width": size[0], "height": size[1]}
    answers = tuple(
        Answer(worker, {"x": {KEYS[name]: list(shapes), "inputImageProperties": properties, **more}})
        for worker, shapes in zip(workers, drawings, strict=True)
    )
    return AnsweredObject(object_id, answers, f"s3://harbor-out/{object_id}.json", missing)


def labels_of(name, objects, *, informed=True, **changes):
    """Label objects, with the estimate over all of them or without one."""
    job = shape_job(name, **changes)
    consolidation = registry.get(name).consolidation_by(job.consolidation_algorithm)
    votes = [
        (item.object_id, answer.worker_id, json.loads(json.dumps(vote)))
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job))) if informed else None
    return consolidation.consolidate(objects, estimate, job, NOW)


def found(name, *drawings, **changes):
    """Annotations and their confidences of one object."""
    (label,) = labels_of(name, [answered(name, *drawings)], **changes)
    confidences = [entry["confidence"] for entry in label.content["things-metadata"]["objects"]]
    return label.content["things"]["annotations"], confidences
