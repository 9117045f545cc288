"""The earlier label that a verification or adjustment shows (spec: data-formats §13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from groundwork.job.labeling_job import GOLD_SUFFIX, PREDICTION_SUFFIX, LabelingJob
from groundwork.task_types.task_type import Json, UnusableLineError

METADATA_SUFFIX = "-metadata"
LONGEST_SHOWN = 100
"""Characters of a foreign value that a reason repeats."""


@dataclass(frozen=True, slots=True)
class AuditedLabel:
    """A label that an earlier job wrote into a manifest line."""

    attribute: str
    value: Json
    metadata: Mapping[str, Json]


def find_audited_label(line: Mapping[str, Json], job: LabelingJob, metadata_type: str) -> AuditedLabel:
    """Find the label to be audited: the job's `audited_attribute`, else the line's only label of the audited type.

    Parameters
    ----------
    line : Mapping[str, Json]
    job : LabelingJob
        A label of its own is never the one it audits.
    metadata_type : str
        `type` that the earlier job's metadata must have.

    Raises
    ------
    UnusableLineError
        The line has no such label, or several where the job names none; the text names what was found.
    """
    if job.audited_attribute is not None:
        return _named(line, job.audited_attribute, metadata_type)
    found = [
        key
        for key in line
        if key != job.label_attribute and _metadata(line, key) is not None and _type(line, key) == metadata_type
    ]
    if not found:
        raise UnusableLineError(
            f"The line has no earlier label of type {metadata_type} to audit; {_labels_found(line, job)}."
        )
    if len(found) > 1:
        # An earlier job may have begun with predictions, or known the answer; its label is what stands in its output.
        found = [key for key in found if not key.endswith((PREDICTION_SUFFIX, GOLD_SUFFIX))] or found
    if len(found) > 1:
        raise UnusableLineError(
            f"The line has several labels of type {metadata_type}: {_listed(found)}; "
            "name one as Groundwork.AuditLabelAttributeName."
        )
    return AuditedLabel(found[0], line[found[0]], _metadata(line, found[0]) or {})


def _named(line: Mapping[str, Json], attribute: str, metadata_type: str) -> AuditedLabel:
    metadata = _metadata(line, attribute)
    if attribute not in line:
        reason = metadata.get("failure-reason") if metadata else None
        why = f"; the earlier job failed: {str(reason)[:LONGEST_SHOWN]}" if reason is not None else ""
        raise UnusableLineError(f'The line has no label "{attribute}" to audit{why}.')
    if metadata is None:
        raise UnusableLineError(
            f'The label "{attribute}" to audit has no metadata; "{attribute}{METADATA_SUFFIX}" is needed.'
        )
    if (found := metadata.get("type")) != metadata_type:
        raise UnusableLineError(
            f'The label "{attribute}" to audit is of type {str(found)[:LONGEST_SHOWN]}, not {metadata_type}.'
        )
    return AuditedLabel(attribute, line[attribute], metadata)


def _metadata(line: Mapping[str, Json], attribute: str) -> Mapping[str, Json] | None:
    metadata = line.get(f"{attribute}{METADATA_SUFFIX}")
    return metadata if isinstance(metadata, Mapping) else None


def _type(line: Mapping[str, Json], attribute: str) -> Json:
    return (_metadata(line, attribute) or {}).get("type")


def _labels_found(line: Mapping[str, Json], job: LabelingJob) -> str:
    found = [
        f"{key} ({str(_type(line, key))[:LONGEST_SHOWN]})"
        for key in line
        if key != job.label_attribute and _metadata(line, key) is not None
    ]
    return f"found {', '.join(found)}" if found else "it carries no label at all"


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
