"""Resolved labeling jobs as ingestion would have stored them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from groundwork.job.labeling_job import Instructions, LabelingJob, ManifestVersion

NOW = datetime(2026, 3, 5, 10, 11, 12, 123456, tzinfo=UTC)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def image_job(**changes: Any) -> LabelingJob:
    """Image classification with three labels."""
    return _job(
        "Pier-Kind", "ImageMultiClass", **{"labels": ("boat", "buoy", "net"), "label_attribute": "kind", **changes}
    )


def text_job(**changes: Any) -> LabelingJob:
    """Text classification with two labels."""
    return _job("mood", "TextMultiClass", **{"labels": ("calm", "late"), "label_attribute": "mood", **changes})


def image_multi_label_job(**changes: Any) -> LabelingJob:
    """Image classification with several of three labels, and a template whose exclusion category nobody knows here."""
    return image_job(
        **{
            "name": "Pier-Kinds",
            "task_type": "ImageMultiClassMultiLabel",
            "label_attribute": "kinds",
            "template_uri": TEMPLATE,
            **changes,
        }
    )


def text_multi_label_job(**changes: Any) -> LabelingJob:
    """Text classification with several of three labels."""
    return text_job(
        **{
            "name": "logbook",
            "task_type": "TextMultiClassMultiLabel",
            "label_attribute": "entries",
            "labels": ("calm", "late", "rain"),
            **changes,
        }
    )


def verification_job(**changes: Any) -> LabelingJob:
    """Verification of boxes, with two verdicts."""
    return image_job(
        **{
            "name": "Check-Boats",
            "task_type": "VerificationBoundingBox",
            "label_attribute": "boats-check",
            "labels": ("good", "bad"),
            **changes,
        }
    )


def shape_job(task_type: str, **changes: Any) -> LabelingJob:
    """A job whose workers draw shapes, with two labels."""
    return image_job(
        **{
            "name": "Pier-Shapes",
            "task_type": task_type,
            "label_attribute": "shapes",
            "labels": ("boat", "buoy"),
            **changes,
        }
    )


def entity_job(**changes: Any) -> LabelingJob:
    """Named entity recognition with two labels, one of them with a short name."""
    return _job(
        "Ferry-Names",
        "NamedEntityRecognition",
        **{
            "labels": ("Vessel", "Port"),
            "short_display_names": {"Vessel": "ves"},
            "instructions": Instructions(short="Mark names.", full="<p>Whole names only.</p>"),
            "label_attribute": "names",
            **changes,
        },
    )


def segmentation_job(**changes: Any) -> LabelingJob:
    """Semantic segmentation with three labels."""
    return image_job(
        **{
            "name": "Pier-Areas",
            "task_type": "SemanticSegmentation",
            "label_attribute": "areas-ref",
            "labels": ("deck", "mast", "rope"),
            **changes,
        }
    )


def custom_job(**changes: Any) -> LabelingJob:
    """A custom job, by default without functions."""
    return _job(
        "Meter-Reading",
        "Custom",
        **{"labels": None, "label_attribute": "meterReading", "template_uri": TEMPLATE, **changes},
    )


TEMPLATE = "s3://harbor-in/templates/meter.liquid.html"


def _job(default_name: str, default_type: str, **settings: Any) -> LabelingJob:
    name = settings.pop("name", default_name)
    return LabelingJob(
        **{
            "name": name,
            "arn": f"arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/{name.lower()}",
            "reference_code": "1111222233330a1b2c3d4e5f6071",
            "created_at": datetime(2026, 3, 5, 9, 0, tzinfo=UTC),
            "task_type": default_type,
            "manifest": ManifestVersion(uri=f"s3://harbor-in/{name}/objects.manifest", etag="9b2cf535f27731c9"),
            "output_root": f"s3://harbor-out/{name}",
            "template_uri": None,
            "role_arn": "arn:aws:iam::111122223333:role/labeling",
            "work_team": "harbor",
            "title": "Label the harbor",
            "description": "Say what you see",
            "workers_per_object": 3,
            "task_time_limit": 300,
            "task_availability": 2_592_000,
            "max_concurrent": 1000,
            **settings,
        }
    )
