"""Known answers are taken out of manifest lines, so that no worker's page can show one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.prediction import GivenPrediction, UnusablePredictionError
from groundwork.task_types.task_type import GoldAnswers, Json, UnusableLineError

CERTAIN = frozenset({"confidence", "objects", "entities"})
"""Metadata that says how sure the parts of a label are; those of a known answer are certain."""


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
    if answers is None or (key not in line and f"{key}-metadata" not in line):
        return line, None
    rest = {name: value for name, value in line.items() if name not in (key, f"{key}-metadata")}
    if key not in line:
        return rest, None
    try:
        return rest, answers.read(_given(line[key], line.get(f"{key}-metadata"), rest), job)
    except UnusablePredictionError as error:
        raise unusable(job, error) from None


def check_file(known: Json, job: LabelingJob, answers: GoldAnswers, read: Callable[[str], bytes | None]) -> None:
    """Look at the file that a known answer points to, if there is one.

    Raises
    ------
    UnusableLineError
        It can't be read or is not what it should be.
    """
    address = answers.file(known)
    if address is None:
        return
    try:
        answers.answer(known, job, read(address))
    except UnusablePredictionError as error:
        raise unusable(job, error) from None


def unusable(job: LabelingJob, error: UnusablePredictionError) -> UnusableLineError:
    """Say that a line has no known answer that could be used."""
    return UnusableLineError(f'"{job.gold_attribute}" is no known answer: {error}.')


def _given(value: Json, metadata: Json, line: Mapping[str, Json]) -> GivenPrediction:
    if metadata is not None and not isinstance(metadata, Mapping):
        raise UnusablePredictionError("its metadata is no object")
    return GivenPrediction(value, {key: found for key, found in (metadata or {}).items() if key not in CERTAIN}, line)
