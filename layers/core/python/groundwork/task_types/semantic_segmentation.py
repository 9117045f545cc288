"""Semantic segmentation: a label for every pixel, and the adjustment of earlier masks (spec: task-types §4.5, §4.9)."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.consolidation.estimated_quality import quality_of_masks
from groundwork.consolidation.semantic_mask import SemanticMask
from groundwork.consolidation.semantic_mask_model import GroundTruthPixels
from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.masks import ClassMaskAgreement
from groundwork.task_types.audited_label import LONGEST_SHOWN, find_audited_label
from groundwork.task_types.audited_mask import MASK_TYPE, mask_of
from groundwork.task_types.built_in import SOURCE_REF, built_in_task_input, template
from groundwork.task_types.gold_mask import GoldMask
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.machine_mask import MachineMask
from groundwork.task_types.mask_answer import MASK_BATCH_OBJECTS, MOST_VALUES, check_semantic_mask
from groundwork.task_types.predicted_mask import PredictedMask
from groundwork.task_types.task_type import (
    GROUND_TRUTH_ALGORITHM,
    Json,
    LabelCount,
    TaskInput,
    TaskType,
    UnusableLineError,
)


def adjusted_mask_input(line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
    """Add to the usual task input `auditedLabel`: the earlier mask's address, and its labels with their colors.

    Raises
    ------
    UnusableLineError
        The line has no such mask, one whose colors are not told, or one with a label that the job does not have.
    """
    audited = find_audited_label(line, job, MASK_TYPE)
    mask = mask_of(audited)
    if unknown := [label for label in mask.label_mappings if label not in (job.labels or ())]:
        raise UnusableLineError(
            f'The mask "{audited.attribute}" has the label "{unknown[0][:LONGEST_SHOWN]}", which the label file '
            "of this job lacks: an adjustment keeps all labels of the earlier job and may add further ones."
        )
    shown = {"attribute": audited.attribute, "src": mask.src, "labelMappings": mask.label_mappings}
    return built_in_task_input(line, job) | {"auditedLabel": shown}


def _segmentation(name: str, title: str, page: str, task_input: TaskInput, audits: str | None) -> TaskType:
    adjusts = audits is not None
    return TaskType(
        name=name,
        title=title,
        metadata_type=MASK_TYPE,
        source_keys=(SOURCE_REF,),
        label_count=LabelCount(least=1, most=MOST_VALUES),
        reference_suffix="required",
        default_template=template(page),
        task_time_limit=3_600,
        automated_labeling=None if adjusts else "semantic-segmentation",
        machine=None if adjusts else MachineMask(),
        task_input=task_input,
        check_answer=check_semantic_mask,
        consolidation=SemanticMask(MASK_TYPE, adjusts=adjusts),
        other_consolidations={GROUND_TRUTH_ALGORITHM: SemanticMask(MASK_TYPE, GroundTruthPixels(), adjusts=adjusts)},
        audits=audits,
        agreement=ClassMaskAgreement(GoldMask()),
        estimated_quality=quality_of_masks,
        gold=GoldMask(),
        predictions=None if adjusts else PredictedMask(),
        label_form=LabelForm.CLASS_MASK,
        batch_objects=MASK_BATCH_OBJECTS,
        extensions=(".jpg", ".jpeg", ".png"),
    )


SEMANTIC_SEGMENTATION = _segmentation(
    "SemanticSegmentation", "Semantic segmentation", "semantic_segmentation", built_in_task_input, None
)
ADJUSTMENT_SEMANTIC_SEGMENTATION = _segmentation(
    "AdjustmentSemanticSegmentation",
    "Semantic segmentation adjustment",
    "semantic_segmentation_adjustment",
    adjusted_mask_input,
    MASK_TYPE,
)
