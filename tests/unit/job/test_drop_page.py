"""docs/drop.md says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from groundwork.job.defaults import complete
from groundwork.job.drop_context import DropContext, DropFiles
from groundwork.job.label_categories import parse_label_categories
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.job.request import GroundworkSettings
from groundwork.job.resolve import Inputs, resolve
from groundwork.prepare_job.lines import LineRules, check_line
from groundwork.task_types import registry

from tests.unit.job.harbor_boats import MANIFEST, NOW


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).parents[3] / "docs" / "drop.md").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def section(page: str, title: str) -> str:
    return page.partition(f"## {title}")[2].partition("\n## ")[0]


def test_the_smallest_drop_of_the_page_makes_a_job(page: str, context: DropContext, files: DropFiles) -> None:
    drop, labels, *_ = blocks(page, "json")
    request = complete(json.loads(drop), files, context, registry)
    job = resolve(request, Inputs(manifest=MANIFEST, label_file=labels.encode()), context, registry, NOW)
    assert job.labels == parse_label_categories(labels.encode(), "labels.json", None).labels
    (manifest,) = blocks(page, "jsonl")
    rules = LineRules.of(registry.get(job.task_type), context.readable_buckets)
    assert all(isinstance(check_line(line.encode(), rules), dict) for line in manifest.splitlines())


def test_the_drop_with_adaptive_redundancy_of_the_page_makes_a_job(
    page: str, context: DropContext, files: DropFiles
) -> None:
    _, labels, drop, *_ = blocks(page, "json")
    request = complete(json.loads(drop), files, context, registry)
    job = resolve(request, Inputs(manifest=MANIFEST, label_file=labels.encode()), context, registry, NOW)
    assert job.adaptive == AdaptiveRedundancy(min_workers=2, target_confidence=0.95)
    assert job.workers_per_object == 5


def test_the_page_lists_our_own_keys(page: str) -> None:
    listed = re.findall(r"^\| `(\w+)` \|", section(page, "Our own keys"), re.MULTILINE)
    assert listed == [field.alias for field in GroundworkSettings.model_fields.values()]


def test_the_page_lists_the_task_types(page: str) -> None:
    (row,) = re.findall(r"^\| `TaskType` \|(.*)$", page, re.MULTILINE)
    assert re.findall(r"`(\w+)`", row) == list(registry.names())


def test_the_page_lists_every_default(page: str, context: DropContext, files: DropFiles) -> None:
    table = section(page, "What may be left out")
    request = complete({"Groundwork": {"TaskType": "ImageMultiClass"}}, files, context, registry)
    task = request.pop("HumanTaskConfig")
    request.pop("Groundwork")
    missing = [member for member in (*request, *task) if member not in table and f"…{member}" not in table]
    assert missing == ["AnnotationConsolidationConfig"]
    assert "AnnotationConsolidationLambdaArn" in table
