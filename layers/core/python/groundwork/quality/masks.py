"""Agreement on masks: intersection over union, of each class or of each instance (spec: workflows §3.5).

Masks are compared at the pixels in the middle of equal cells, at most `SIDE` down and across: all pixels of a small
image, and enough of a large one that what covers a hundredth of it is seen at 2,600 places.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.measure import (
    AgreementMeasure,
    Json,
    ReadFile,
    least_confidence,
    lowest_of,
    metadata_of,
    no_file,
)
from groundwork.task_types.gold_mask import GoldFile
from groundwork.task_types.mask_answer import MaskAnswer, claimed_pixels
from groundwork.task_types.prediction import GivenPrediction, UnusablePredictionError

if TYPE_CHECKING:
    from groundwork.consolidation.mask_image import Mask
    from groundwork.consolidation.vote_table import Floats

SIDE = 512
SECONDS_PER_MASK, SECONDS_PER_MEGAPIXEL = 0.01, 0.015
"""What reading a mask takes a function of 2 GB, at the most: its file, and its pixels."""
LEAST_IOU = 0.5
"""Above it an instance has at most one partner (see `consolidation.instance_match`)."""


@dataclass(frozen=True, slots=True)
class SampledMask:
    """Values at the places compared, 0 for what nobody painted, and the label index of each other value from 1 on."""

    values: Mask
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MaskAgreement(AgreementMeasure):
    """Reads masks; `form` reads labels that are masks, as the known answers of gold objects are."""

    form: GoldFile

    def cost(self, answer: Mapping[str, Json]) -> float:
        """Tell roughly how many seconds reading the answer takes; a label takes as long."""
        return SECONDS_PER_MASK + SECONDS_PER_MEGAPIXEL * claimed_pixels(answer) / 1e6

    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> SampledMask | None:
        """Decode a worker's mask."""
        from groundwork.consolidation.mask_image import DamagedMaskError, decode_samples  # noqa: PLC0415
        from groundwork.consolidation.submitted_masks import usable_mask  # noqa: PLC0415

        labels = job.labels or ()
        mask = usable_mask(answer, self.form.mask, labels)
        if mask is None:
            return None
        values, names = self.numbered(mask, labels)
        colors = [(part.color, value) for part, value in zip(mask.painted, values, strict=True)]
        try:
            return SampledMask(decode_samples(mask.png, mask.width, mask.height, colors, SIDE), names)
        except DamagedMaskError:
            return None

    def of_label(self, content: Mapping[str, Json], job: LabelingJob, read: ReadFile = no_file) -> SampledMask | None:
        """Decode the mask that a label points to."""
        metadata = metadata_of(content, job)
        try:
            known = self.form.read(GivenPrediction(content.get(job.label_attribute), metadata, {}), job)
            return self.of_answer(self.form.answer(known, job, read(self.form.file(known))), job)
        except UnusablePredictionError:
            return None

    def labels(self, value: SampledMask) -> Collection[int]:
        """Those that any place compared has."""
        import numpy as np  # noqa: PLC0415

        return {value.labels[number - 1] for number in np.unique(value.values).tolist() if number}

    def similarity(self, one: SampledMask, other: SampledMask) -> float:
        """Compare two masks of one image; two empty ones agree."""
        import numpy as np  # noqa: PLC0415

        from groundwork.consolidation.mask_image import scaled  # noqa: PLC0415

        height = max(one.values.shape[0], other.values.shape[0])
        width = max(one.values.shape[1], other.values.shape[1])
        first, second = (scaled(mask.values, height, width).ravel() for mask in (one, other))
        shared = np.bincount(first.astype(np.int32) * 256 + second, minlength=1 << 16).reshape(256, 256)
        return self.compared(shared.astype(np.float64), one.labels, other.labels)

    @abstractmethod
    def numbered(self, mask: MaskAnswer, labels: Sequence[str]) -> tuple[list[int], tuple[int, ...]]:
        """Give the value of each color of a mask, and the label index of each value."""

    @abstractmethod
    def compared(self, shared: Floats, one: Sequence[int], other: Sequence[int]) -> float:
        """Compare by how many places have which values in both masks, shape (256, 256)."""


@dataclass(frozen=True, slots=True)
class ClassMaskAgreement(MaskAgreement):
    """Values are labels; the similarity is the mean over the labels that either mask has."""

    name = "mean IoU of the labels that either mask has"

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell the confidence of the mask, which is that of each of its classes."""
        classes = metadata_of(content, job).get("internal-color-map")
        return lowest_of(classes.values()) if isinstance(classes, Mapping) else None

    def numbered(self, mask: MaskAnswer, labels: Sequence[str]) -> tuple[list[int], tuple[int, ...]]:
        """Give labels the numbers of their own order."""
        return [labels.index(part.label) + 1 for part in mask.painted], tuple(range(len(labels)))

    def compared(self, shared: Floats, one: Sequence[int], other: Sequence[int]) -> float:
        """Average what both have over what either has, label by label; the background is none."""
        both = shared.diagonal()[1:]
        either = (shared.sum(axis=0) + shared.sum(axis=1))[1:] - both
        present = either > 0
        return float((both[present] / either[present]).mean()) if present.any() else 1.0


@dataclass(frozen=True, slots=True)
class InstanceMaskAgreement(MaskAgreement):
    """Values are instances; the similarity is panoptic quality (Kirillov et al., Panoptic Segmentation, 2019, §4.1)."""

    name = "panoptic quality: IoU of paired instances, 0 for an instance without a partner"

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell the confidence of the least sure instance; None when there is none."""
        return least_confidence(metadata_of(content, job), "instances")

    def numbered(self, mask: MaskAnswer, labels: Sequence[str]) -> tuple[list[int], tuple[int, ...]]:
        """Give instances the numbers of their order in the answer."""
        return list(range(1, len(mask.painted) + 1)), tuple(labels.index(part.label) for part in mask.painted)

    def compared(self, shared: Floats, one: Sequence[int], other: Sequence[int]) -> float:
        """2 Σ IoU / (a + b): over the pairs of one label with more than half in common, of a and b instances."""
        import numpy as np  # noqa: PLC0415

        areas, other_areas = shared.sum(axis=1), shared.sum(axis=0)
        count = int((areas[1:] > 0).sum() + (other_areas[1:] > 0).sum())
        if not count:
            return 1.0
        total = 0.0
        for row, column in np.argwhere(shared[1:, 1:]) + 1:
            if one[row - 1] == other[column - 1]:
                both = shared[row, column]
                iou = both / (areas[row] + other_areas[column] - both)
                total += float(iou) if iou > LEAST_IOU else 0.0
        return 2 * total / count
