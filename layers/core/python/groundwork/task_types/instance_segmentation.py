"""Instance segmentation: the pixels of each thing, several things of a label apart (spec: task-types §4.6).

Ground Truth has the element but no task type for it; name and metadata type are ours.
"""

from __future__ import annotations

from groundwork.consolidation.estimated_quality import quality_of_masks
from groundwork.consolidation.instance_mask import InstanceMask
from groundwork.quality.masks import InstanceMaskAgreement
from groundwork.task_types.built_in import SOURCE_REF, built_in_task_input, template
from groundwork.task_types.gold_mask import GoldInstances
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.mask_answer import MASK_BATCH_OBJECTS, check_instance_mask
from groundwork.task_types.predicted_mask import PredictedInstances
from groundwork.task_types.task_type import LabelCount, TaskType

METADATA_TYPE = "groundwork/instance-segmentation"

INSTANCE_SEGMENTATION = TaskType(
    name="InstanceSegmentation",
    title="Instance segmentation",
    metadata_type=METADATA_TYPE,
    source_keys=(SOURCE_REF,),
    label_count=LabelCount(least=1),
    reference_suffix="required",
    default_template=template("instance_segmentation"),
    task_time_limit=3_600,
    task_input=built_in_task_input,
    check_answer=check_instance_mask,
    consolidation=InstanceMask(METADATA_TYPE),
    agreement=InstanceMaskAgreement(GoldInstances()),
    estimated_quality=quality_of_masks,
    gold=GoldInstances(),
    predictions=PredictedInstances(),
    label_form=LabelForm.INSTANCE_MASK,
    batch_objects=MASK_BATCH_OBJECTS,
    extensions=(".jpg", ".jpeg", ".png"),
)
