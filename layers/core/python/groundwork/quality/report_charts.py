"""The parts of the report that are charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape

from groundwork.quality.charts import bar, columns, curve
from groundwork.quality.measure import Json
from groundwork.quality.report_tables import number, section, table


def progress(document: Mapping[str, Json]) -> str:
    """Draw how many data objects were ready over time."""
    points = document["progress"]
    if not points:
        return ""
    times = [datetime.fromisoformat(point["time"]) for point in points]
    span = (times[-1] - times[0]).total_seconds() or 1.0
    drawn = [
        ((time - times[0]).total_seconds() / span, point["objects"]) for time, point in zip(times, points, strict=True)
    ]
    first, last = (f"{time:%Y-%m-%d %H:%M} UTC" for time in (times[0], times[-1]))
    return section("Data objects answered", curve(drawn, first, last, "Data objects answered over time"))


def confidences(document: Mapping[str, Json]) -> str:
    """Draw how many labels are how sure."""
    found = document["confidence"]
    if not found["histogram"]:
        return section("Confidence of labels", f'<p class="quiet">None: {escape(found["reason"])}.</p>')
    bars = [(f"{part['from']:.1f}", part["objects"]) for part in found["histogram"]]
    return section("Confidence of labels", columns(bars, "Labels by confidence"))


def labels(document: Mapping[str, Json]) -> str:
    """List the labels, with how often each was given and how far workers agree on it."""
    found = document["labels"]
    if not found:
        return ""
    most = max(label["objects"] for label in found) or 1
    rows = [
        (
            escape(label["label"]),
            bar(label["objects"] / most, f"{label['objects']} data objects"),
            f"{label['objects']:,}",
            f"{label['answers']:,}",
            number(label["alpha"]),
        )
        for label in found
    ]
    heads = ("Label", "", "Data objects", "Answers", "Alpha")
    return section("Labels", table(heads, rows, drawn=1))
