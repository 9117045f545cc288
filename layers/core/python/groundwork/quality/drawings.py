"""Agreement on shapes: each is paired with at most one of the same label, and unpaired ones count as 0."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.measure import AgreementMeasure, Json, ReadFile, least_confidence, metadata_of, no_file
from groundwork.task_types.shape_answer import Drawing, find_drawing
from groundwork.task_types.shape_form import ShapeError, ShapeForm

if TYPE_CHECKING:
    from groundwork.consolidation.shape_kind import ShapeKind


@dataclass(frozen=True, slots=True)
class DrawingAgreement(AgreementMeasure):
    """Values are drawings.

    The similarity of two is 2 Σ s / (a + b): s the similarity of each pair of shapes as consolidation measures it
    (IoU for boxes and polygons), a and b how many shapes either has. Pairs are made from the most similar on.
    """

    form: ShapeForm
    kind: Callable[[], ShapeKind]
    """Loads the kind of shape, and numpy with it."""
    name = "mean similarity of paired shapes, 0 for a shape without a partner"

    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> Drawing | None:
        """Read what a worker drew."""
        return find_drawing(answer, job.labels or (), self.form)

    def of_label(self, content: Mapping[str, Json], job: LabelingJob, read: ReadFile = no_file) -> Drawing | None:
        """Read the shapes of a label."""
        match content.get(job.label_attribute):
            case {"image_size": [{"width": int(width), "height": int(height)}, *_], "annotations": list(annotations)}:
                try:
                    shapes = sorted(
                        (annotation["class_id"], self.form.read(annotation, (width, height)))
                        for annotation in annotations
                    )
                except (ShapeError, KeyError, TypeError):
                    return None
                return Drawing((width, height), tuple(shapes), modified=False)
        return None

    def labels(self, value: Drawing) -> Collection[int]:
        """Those that any shape has."""
        return {class_id for class_id, _ in value.shapes}

    def similarity(self, one: Drawing, other: Drawing) -> float:
        """Compare two drawings of one image; two empty ones agree."""
        count = len(one.shapes) + len(other.shapes)
        if not count:
            return 1.0
        shared = set(self.labels(one)) & set(self.labels(other))
        return 2 * sum(self._paired(one, other, class_id) for class_id in sorted(shared)) / count

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell the confidence of the least sure shape; None when there is none."""
        return least_confidence(metadata_of(content, job), "objects")

    def _paired(self, one: Drawing, other: Drawing, class_id: int) -> float:
        """Add up the similarities of the pairs of one label."""
        import numpy as np  # noqa: PLC0415

        kind = self.kind()
        scale = kind.scale([[np.array(shape) for _, shape in drawing.shapes] for drawing in (one, other)], one.size)
        first, second = (
            [np.array(shape) for number, shape in drawing.shapes if number == class_id] for drawing in (one, other)
        )
        similar = kind.similarities(first, second, scale).copy()
        total = 0.0
        for _ in range(min(similar.shape)):
            row, column = np.unravel_index(similar.argmax(), similar.shape)
            if similar[row, column] <= 0:
                break
            total += float(similar[row, column])
            similar[row, :] = similar[:, column] = 0
        return total
