"""The labeled lines of an output manifest, to be gone through as often as a format needs, in flat memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from groundwork.exports.labeled_object import LabeledObject, UnexportableError
from groundwork.job.labeling_job import LabelingJob
from groundwork.manifest_output.failure import is_failed
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.task_type import Json

FAILED = "failed"
UNLABELED = "unlabeled"
ReadLines = Callable[[], Iterator[bytes]]
"""Begins a pass over the lines of the output manifest."""
ReadFiles = Callable[[Sequence[str]], Sequence[bytes | None]]
"""Reads files by their S3 address, all at the same time; None for one that is not there."""
T = TypeVar("T")


class UnknownLineError(ValueError):
    """A line of the output manifest that is no JSON object."""


@dataclass(slots=True)
class Dataset:
    """A job's labels.

    A pass over the objects skips those that the format has left out, in this pass or an earlier one, so that all files
    of a format hold the same objects.

    Parameters
    ----------
    job, form
        The labeling job, and what its labels look like.
    texts
        Whether its data objects are texts.
    read_lines
    read_files
        For labels that point to a file.
    """

    job: LabelingJob
    form: LabelForm
    texts: bool
    read_lines: ReadLines
    read_files: ReadFiles
    left_out: dict[int, str] = field(default_factory=dict)
    """Object id → why the format can't hold its label."""
    lost: dict[str, dict[int, int]] = field(default_factory=dict)
    """What the format could not hold of the objects that are in it → object id → how often."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the job, in the order of the label file."""
        return self.job.labels or ()

    def all_objects(self) -> Iterator[LabeledObject]:
        """Go through the labeled objects, those that are left out too."""
        for object_id, line in self._lines():
            if self.job.label_attribute in line:
                yield LabeledObject(object_id, line, self.job)

    def objects(self) -> Iterator[LabeledObject]:
        """Go through the labeled objects."""
        for item in self.all_objects():
            if item.object_id not in self.left_out:
                yield item

    def read(self, parse: Callable[[LabeledObject], T]) -> Iterator[tuple[LabeledObject, T]]:
        """Go through the objects with what `parse` finds; one for which it raises `UnexportableError` is left out."""
        for item in self.objects():
            try:
                found = parse(item)
            except UnexportableError as error:
                self.leave_out(item, str(error))
            else:
                yield item, found

    def text(self, item: LabeledObject) -> str:
        """Return the text that an object is, also one that lies in a file.

        Raises
        ------
        UnexportableError
            The file is missing or is no UTF-8.
        """
        if item.reference is None:
            return item.source
        (content,) = self.read_files([item.reference])
        if content is None:
            raise UnexportableError("a text that is not there")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnexportableError("a text that is not UTF-8") from error

    def leave_out(self, item: LabeledObject, reason: str) -> None:
        """Keep an object out of every further pass."""
        self.left_out[item.object_id] = reason

    def lose(self, item: LabeledObject, what: str, count: int) -> None:
        """Note that part of an object's label is not in the export; the same on every pass."""
        if count:
            self.lost.setdefault(what, {})[item.object_id] = count

    def counts(self) -> dict[str, Json]:
        """Count what is in the export and what is not, for `export.json`."""
        total, absent = 0, Counter(self.left_out.values())
        for _, line in self._lines():
            total += 1
            if self.job.label_attribute not in line:
                absent[FAILED if is_failed(line, self.job) else UNLABELED] += 1
        counts: dict[str, Json] = {
            "objects": total,
            "exported": total - absent.total(),
            "leftOut": dict(sorted(absent.items())),
        }
        if self.lost:
            counts["lost"] = {what: sum(found.values()) for what, found in sorted(self.lost.items())}
        return counts

    def _lines(self) -> Iterator[tuple[int, Mapping[str, Json]]]:
        for object_id, raw in enumerate(self.read_lines()):
            line = json.loads(raw)
            if not isinstance(line, Mapping):
                raise UnknownLineError(f"line {object_id + 1} of the output manifest is no JSON object")
            yield object_id, line
