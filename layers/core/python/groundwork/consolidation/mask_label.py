"""A label that is a PNG: the file, and the output line that points to it (spec: data-formats §7, §11.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.task_types.task_type import ConsolidatedLabel, Json, OutputFile

if TYPE_CHECKING:
    from groundwork.consolidation.mask_image import Mask


def mask_file(object_id: int, mask: Mask, colors: Sequence[str], job: LabelingJob) -> OutputFile:
    """Put a mask into its file; `colors` has the color of each value of the mask.

    The name carries the job's time and no other, so that a repetition or a later label replaces the file.
    """
    from groundwork.consolidation.mask_image import encode_mask  # noqa: PLC0415

    uri = JobPaths(job.output).consolidated_file(object_id, job.created_at, ".png")
    return OutputFile(uri, encode_mask(mask, colors), "image/png")


def file_label(object_id: int, file: OutputFile, metadata: Mapping[str, Json], job: LabelingJob) -> ConsolidatedLabel:
    """Point to a file."""
    content = {job.label_attribute: str(file.uri), job.metadata_attribute: dict(metadata)}
    return ConsolidatedLabel(object_id, content, (file,))
