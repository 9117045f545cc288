"""Text classification, single label: which one label fits the text? (spec: task-types §4.10)."""

from __future__ import annotations

from groundwork.consolidation.single_label import SingleLabel
from groundwork.consolidation.single_label_model import OTHER_SINGLE_LABEL_MODELS
from groundwork.consolidation.single_label_sureness import SINGLE_LABEL_SURENESS
from groundwork.quality.classes import ClassAgreement
from groundwork.task_types.built_in import SOURCE, built_in_task_input, template
from groundwork.task_types.gold_class import GoldClass
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.machine_class import MachineClass
from groundwork.task_types.predicted_class import PredictedClass
from groundwork.task_types.single_label_answer import check_single_label
from groundwork.task_types.task_type import LabelCount, TaskType

METADATA_TYPE = "groundtruth/text-classification"

TEXT_CLASSIFICATION = TaskType(
    name="TextMultiClass",
    title="Text classification (single label)",
    metadata_type=METADATA_TYPE,
    source_keys=(SOURCE,),
    label_count=LabelCount(least=2),
    default_template=template("text_classification"),
    automated_labeling="text-classification",
    task_input=built_in_task_input,
    check_answer=check_single_label,
    consolidation=SingleLabel(METADATA_TYPE),
    other_consolidations={name: SingleLabel(METADATA_TYPE, model) for name, model in OTHER_SINGLE_LABEL_MODELS.items()},
    sureness=SINGLE_LABEL_SURENESS,
    label_form=LabelForm.CLASS,
    agreement=ClassAgreement(),
    gold=GoldClass(),
    machine=MachineClass(),
    predictions=PredictedClass(),
)
