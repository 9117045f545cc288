"""Known answers are taken out of manifest lines, so that no worker's page can show one."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.single_label_answer import listed
from groundwork.task_types.task_type import GoldAnswers, Json, UnusableLineError

LONGEST_SHOWN = 100


def take_gold(
    line: Mapping[str, Json], job: LabelingJob, answers: GoldAnswers | None
) -> tuple[Mapping[str, Json], Json | None]:
    """Split a line into what may be shown and the known answer, None for an object that is not gold.

    Raises
    ------
    UnusableLineError
        What should be the known answer is no answer to this job.
    """
    key = job.gold_attribute
    if answers is None or key not in line:
        return line, None
    gold = answers.read(line[key], job)
    if gold is None:
        raise UnusableLineError(
            f'"{key}" is {str(line[key])[:LONGEST_SHOWN]!r}, which is no label of this job nor the class id of one: '
            f"{listed(job.labels or ())}."
        )
    return {name: value for name, value in line.items() if name not in (key, f"{key}-metadata")}, gold
