"""Post-annotation Lambda of the example: the answers of several workers in, one reading for each note out.

The function's role needs `s3:GetObject` on the labeling job's output.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import boto3


def handler(event: dict[str, Any], context: object) -> list[dict[str, Any]]:
    """Read the request file and consolidate every data object in it."""
    s3 = boto3.client("s3")
    return consolidate(_read(s3, event["payload"]["s3Uri"]), event["labelAttributeName"], lambda uri: _read(s3, uri))


def consolidate(payload: list[dict[str, Any]], attribute: str, read: Any) -> list[dict[str, Any]]:
    """Take the reading that most workers typed; of equally many the one typed first."""
    return [
        {
            "datasetObjectId": item["datasetObjectId"],
            "consolidatedAnnotation": {"content": {attribute: _label(item["annotations"], read)}},
        }
        for item in payload
    ]


def _label(annotations: list[dict[str, Any]], read: Any) -> dict[str, Any]:
    answers = [_answer(annotation["annotationData"], read) for annotation in annotations]
    (reading, votes), *_ = Counter(answer["reading"] for answer in answers).most_common(1)
    return {
        "reading": reading,
        "agreement": round(votes / len(answers), 2),
        "damage": any(answer.get("remarks", {}).get("damage") for answer in answers),
    }


def _answer(data: dict[str, str], read: Any) -> dict[str, Any]:
    """Decode one answer; above 256 KB it lies in S3."""
    answer: dict[str, Any] = json.loads(data["content"]) if "content" in data else read(data["s3Uri"])
    return answer


def _read(s3: Any, uri: str) -> Any:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
