"""Data objects as the figures see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundwork.quality.judged import JudgedAnswer, JudgedObject


def judged(number: int, given: Mapping[str, Any], label: Any = None, confidence: float | None = None, **changes: Any):
    """An object with one answer a worker, labeled when there is a label."""
    fields: dict[str, Any] = {
        "object_id": number,
        "iteration": 1,
        "ready_at": 1_000.0 + number,
        "data_object": {"s3Uri": f"s3://harbor-in/{number}.jpg"},
        "answers": tuple(JudgedAnswer(worker, value, 2.0) for worker, value in sorted(given.items())),
        "missing": 0,
        "labeled": label is not None,
        "label": label,
        "confidence": confidence,
    }
    return JudgedObject(**{**fields, **changes})
