"""Verification: is the label that an earlier job gave an image right? (spec: task-types §4.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from groundwork.consolidation.single_label_model import OTHER_SINGLE_LABEL_MODELS
from groundwork.consolidation.single_label_sureness import SINGLE_LABEL_SURENESS
from groundwork.consolidation.verdict import Verdict
from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.classes import ClassAgreement
from groundwork.task_types.audited_boxes import BOXES_TYPE, boxes_of, class_names
from groundwork.task_types.audited_label import AuditedLabel, find_audited_label
from groundwork.task_types.audited_mask import MASK_TYPE, mask_of
from groundwork.task_types.built_in import SOURCE_REF, built_in_task_input, template
from groundwork.task_types.gold_class import GoldClass
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.task_type import Json, LabelCount, TaskType
from groundwork.task_types.verdict_answer import check_verdict

METADATA_TYPE = "groundtruth/label-verification"


def verification_task_input(
    line: Mapping[str, Json],
    job: LabelingJob,
    *,
    audited_type: str,
    shown: Callable[[AuditedLabel], dict[str, Json]],
) -> dict[str, Json]:
    """Add to the usual task input `auditedLabel`: what `shown` makes of the earlier label, and its `attribute`.

    Raises
    ------
    UnusableLineError
        The line has no such label, or one that can't be shown.
    """
    audited = find_audited_label(line, job, audited_type)
    return built_in_task_input(line, job) | {"auditedLabel": {"attribute": audited.attribute, **shown(audited)}}


def shown_boxes(audited: AuditedLabel) -> dict[str, Json]:
    """Give the boxes with the names of their labels, and the names in the order of class ids."""
    return {"labels": list(class_names(audited).values()), "boxes": [dict(box) for box in boxes_of(audited)]}


def shown_mask(audited: AuditedLabel) -> dict[str, Json]:
    """Give the mask's address, and the labels with their colors in it."""
    mask = mask_of(audited)
    return {"labels": list(mask.label_mappings), "labelMappings": mask.label_mappings, "src": mask.src}


def _verification(
    name: str, title: str, audited_type: str, shown: Callable[[AuditedLabel], dict[str, Json]], page: str
) -> TaskType:
    return TaskType(
        name=name,
        title=title,
        metadata_type=METADATA_TYPE,
        source_keys=(SOURCE_REF,),
        label_count=LabelCount(least=1),
        default_template=template(page),
        task_input=partial(verification_task_input, audited_type=audited_type, shown=shown),
        check_answer=check_verdict,
        consolidation=Verdict(METADATA_TYPE),
        other_consolidations={name: Verdict(METADATA_TYPE, model) for name, model in OTHER_SINGLE_LABEL_MODELS.items()},
        sureness=SINGLE_LABEL_SURENESS,
        label_form=LabelForm.CLASS,
        agreement=ClassAgreement(),
        gold=GoldClass(as_text=True),
        audits=audited_type,
        extensions=(".jpg", ".jpeg", ".png"),
    )


BOUNDING_BOX_VERIFICATION = _verification(
    "VerificationBoundingBox", "Bounding box verification", BOXES_TYPE, shown_boxes, "bounding_box_verification"
)
SEMANTIC_SEGMENTATION_VERIFICATION = _verification(
    "VerificationSemanticSegmentation",
    "Semantic segmentation verification",
    MASK_TYPE,
    shown_mask,
    "semantic_segmentation_verification",
)
