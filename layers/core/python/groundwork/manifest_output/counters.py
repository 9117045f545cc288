"""The label counters from what became of each data object (spec: workflows §4.7)."""

from __future__ import annotations

from collections.abc import Iterable

from groundwork.job.counters import LabelCounters
from groundwork.job.labeling_job import LabelingJob
from groundwork.manifest_output.outcomes import Copied, Failed, Labeled, Outcome


def count_outcomes(outcomes: Iterable[Outcome], job: LabelingJob) -> LabelCounters:
    """Count the outcomes of all lines of the manifest.

    A label whose metadata says `human-annotated: no` is a machine's. Lines copied through are in no counter.
    """
    objects = human = machine = failed = copied = 0
    for outcome in outcomes:
        objects += 1
        match outcome:
            case Labeled() if _by_machine(outcome, job):
                machine += 1
            case Labeled():
                human += 1
            case Failed():
                failed += 1
            case Copied():
                copied += 1
    return LabelCounters.count(
        objects=objects, human_labeled=human, machine_labeled=machine, failed=failed, copied=copied
    )


def _by_machine(label: Labeled, job: LabelingJob) -> bool:
    metadata = label.content.get(job.metadata_attribute)
    return isinstance(metadata, dict) and metadata.get("human-annotated") == "no"
