"""Which jobs tell of each other: those with the same labels, in whatever order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence


def label_set(labels: Sequence[str]) -> tuple[str, ...]:
    """Put labels into the order of the record."""
    return tuple(sorted(labels))


def label_set_name(labels: Sequence[str]) -> str:
    """Name a set of labels: 32 hexadecimal digits, the same for the same names in any order."""
    text = json.dumps(label_set(labels), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def places_in_record(labels: Sequence[str]) -> list[int]:
    """Find the place in the record of each of a job's labels, in its order."""
    place = {label: number for number, label in enumerate(label_set(labels))}
    return [place[label] for label in labels]


def places_in_job(labels: Sequence[str]) -> list[int]:
    """Find a job's index of each label, in the order of the record."""
    index = {label: number for number, label in enumerate(labels)}
    return [index[label] for label in label_set(labels)]
