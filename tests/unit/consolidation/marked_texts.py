"""Answers that mark spans, and the labels that a job makes of them."""

from __future__ import annotations

import json
from typing import Any

from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject
from hypothesis import strategies as st

from tests.formats.jobs import NOW, entity_job

LABELS = ("Vessel", "Port", "Time")
ENTITIES = registry.get("NamedEntityRecognition")
TEXT = 40
"""Characters of every text."""

Mark = tuple[int, int, str]


def answer(*marks: Mark) -> dict[str, Any]:
    """What the default page submits."""
    return {
        "crowd-entity-annotation": {
            "entities": [{"startOffset": start, "endOffset": end, "label": label} for start, end, label in marks]
        }
    }


def text(object_id: int, *answers: list[Mark], missing: int = 0) -> AnsweredObject:
    """A text of `TEXT` characters with one answer of each worker."""
    given = tuple(Answer(f"w{number}", answer(*marks)) for number, marks in enumerate(answers))
    return AnsweredObject(object_id, given, "s3://harbor-out/0.json", missing, {"content": "x" * TEXT})


def estimate(objects, algorithm="default", **changes):
    """What is stored about the workers of a job of these objects."""
    job = entity_job(**{"labels": LABELS, **changes})
    consolidation = ENTITIES.consolidation_by(algorithm)
    votes = [
        (item.object_id, given.worker_id, vote)
        for item in objects
        for given in item.answers
        if (vote := consolidation.vote(given.content, job)) is not None
    ]
    return json.loads(json.dumps(consolidation.estimate(json.loads(json.dumps(votes)), job)))


def labeled(objects, algorithm="default", known=None, **changes):
    """Label content by object id."""
    job = entity_job(**{"labels": LABELS, **changes})
    known = estimate(objects, algorithm, **changes) if known is None else known
    labels = ENTITIES.consolidation_by(algorithm).consolidate(objects, known, job, NOW)
    return {label.object_id: label.content for label in labels}


def found(objects, algorithm="default", known=None, **changes):
    """Marks and confidences of each object."""
    return {
        object_id: [
            (each["startOffset"], each["endOffset"], each["label"], meta["confidence"])
            for each, meta in zip(
                content["names"]["annotations"]["entities"], content["names-metadata"]["entities"], strict=True
            )
        ]
        for object_id, content in labeled(objects, algorithm, known, **changes).items()
    }


marks = st.tuples(st.integers(0, TEXT - 1), st.integers(1, 12), st.sampled_from(LABELS)).map(
    lambda drawn: (drawn[0], min(TEXT, drawn[0] + drawn[1]), drawn[2])
)
answers = st.lists(st.lists(marks, max_size=4), min_size=1, max_size=5)
jobs = st.lists(answers, min_size=1, max_size=4).map(
    lambda drawn: [text(number, *each) for number, each in enumerate(drawn)]
)
"""A few texts with a few workers each."""
