"""The quality figures of golden cases, from their answers and their output manifests."""

from __future__ import annotations

import json

import pytest
from groundwork.consolidation.collected import CollectedAnswer, CollectedObject
from groundwork.manifest_output.outcomes import Labeled
from groundwork.quality.figures import Figures
from groundwork.quality.judged import Judge
from groundwork.task_types import registry

from tests.formats.labeling_run import FOLDER, read
from tests.formats.test_golden_manifests import CASES

GOLDEN = (
    "image_classification",
    "image_multi_label",
    "bounding_box",
    "named_entities",
    "verification_of_boxes",
    "pass_through",
)


def figures(case):
    job, _ = CASES[case]
    measure = registry.get(job.task_type).agreement
    judge, found = Judge(job, measure), Figures(job, measure)
    lines = [json.loads(line) for line in (FOLDER / case / "output.manifest").read_bytes().splitlines()]
    for key, given in read(case, "answers.json").items():
        number, line = int(key), lines[int(key)]
        if not given:
            continue
        answers = [
            CollectedAnswer(worker_id=worker, answer_content=content, time_spent=2.5 + place)
            for place, (worker, content) in enumerate(given.items())
        ]
        reference = line.get("source-ref")
        collected = CollectedObject(
            object_id=number,
            entry=number,
            data_object={"s3Uri": reference} if reference else {"content": line["source"]},
            answers=tuple(answers),
            response_uri="s3://unused",
            missing=job.workers_per_object - len(answers),
        )
        outcome = Labeled(line) if job.label_attribute in line else None
        found.add(judge.read(collected, outcome, iteration=number // 2 + 1, ready_at=1_772_700_000.0 + 60 * number))
    return found.document()


@pytest.mark.parametrize("case", GOLDEN)
def test_the_quality_figures_are_the_golden_ones(case):
    assert figures(case) == read(case, "quality.json")
