"""Classification of images and of texts, multi-label: which labels fit? (spec: task-types §4.2, §4.11)."""

from __future__ import annotations

from groundwork.consolidation.estimated_quality import quality_of_sets
from groundwork.consolidation.multi_label import MultiLabel
from groundwork.consolidation.multi_label_model import GroundTruthByLabel
from groundwork.quality.label_sets import LabelSetAgreement
from groundwork.task_types.built_in import SOURCE, SOURCE_REF, built_in_task_input, template
from groundwork.task_types.gold_classes import GoldClasses
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.multi_label_answer import check_multi_label
from groundwork.task_types.predicted_class import PredictedClasses
from groundwork.task_types.task_type import GROUND_TRUTH_ALGORITHM, LabelCount, TaskType

IMAGE_TYPE = "groundtruth/image-classification-multilabel"
TEXT_TYPE = "groundtruth/text-classification-multilabel"
LABELS = LabelCount(least=2, most=50)

IMAGE_MULTI_LABEL = TaskType(
    name="ImageMultiClassMultiLabel",
    title="Image classification (multi-label)",
    metadata_type=IMAGE_TYPE,
    source_keys=(SOURCE_REF,),
    label_count=LABELS,
    default_template=template("image_multi_label"),
    task_input=built_in_task_input,
    check_answer=check_multi_label,
    consolidation=MultiLabel(IMAGE_TYPE),
    label_form=LabelForm.CLASSES,
    agreement=LabelSetAgreement(),
    estimated_quality=quality_of_sets,
    gold=GoldClasses(),
    predictions=PredictedClasses(),
    other_consolidations={GROUND_TRUTH_ALGORITHM: MultiLabel(IMAGE_TYPE, GroundTruthByLabel())},
    extensions=(".jpg", ".jpeg", ".png"),
)

TEXT_MULTI_LABEL = TaskType(
    name="TextMultiClassMultiLabel",
    title="Text classification (multi-label)",
    metadata_type=TEXT_TYPE,
    source_keys=(SOURCE,),
    label_count=LABELS,
    default_template=template("text_multi_label"),
    task_input=built_in_task_input,
    check_answer=check_multi_label,
    consolidation=MultiLabel(TEXT_TYPE),
    label_form=LabelForm.CLASSES,
    agreement=LabelSetAgreement(),
    estimated_quality=quality_of_sets,
    gold=GoldClasses(),
    predictions=PredictedClasses(),
    other_consolidations={GROUND_TRUTH_ALGORITHM: MultiLabel(TEXT_TYPE, GroundTruthByLabel())},
)
