"""Pre-annotation Lambda of the example: one manifest line in, what the template shows out."""

from __future__ import annotations

from typing import Any


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Give the template what it needs; a site that has no meter any more needs nobody to look at it."""
    line = event["dataObject"]
    return {
        "taskInput": {"note": line["source"], "site": line["site"].capitalize(), "digits": line["digits"]},
        "isHumanAnnotationRequired": line["site"] != "retired",
    }
