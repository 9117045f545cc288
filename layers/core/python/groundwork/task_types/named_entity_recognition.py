"""Named entity recognition: which parts of the text are what? (spec: task-types §4.12)."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.consolidation.entities import EntitySpans
from groundwork.consolidation.entity_clusters import EntityClusters
from groundwork.consolidation.entity_label import labels_with_names
from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.marked_spans import SpanAgreement
from groundwork.task_types.built_in import SOURCE, built_in_task_input, template
from groundwork.task_types.entity_answer import check_entities
from groundwork.task_types.gold_spans import GoldSpans
from groundwork.task_types.instruction_html import safe_html
from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.predicted_spans import PredictedSpans
from groundwork.task_types.task_type import Json, LabelCount, TaskType

METADATA_TYPE = "groundtruth/text-span"


def entity_task_input(line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
    """Add the short names of labels and the instructions, as HTML that can be printed as it is."""
    instructions = job.instructions
    return {
        **built_in_task_input(line, job),
        "labels": labels_with_names(job),
        "instructions": {
            "shortInstruction": safe_html(instructions.short) if instructions else "",
            "fullInstruction": safe_html(instructions.full) if instructions else "",
        },
    }


NAMED_ENTITY_RECOGNITION = TaskType(
    name="NamedEntityRecognition",
    title="Named entity recognition",
    metadata_type=METADATA_TYPE,
    source_keys=(SOURCE,),
    label_count=LabelCount(least=1),
    human_task_ui="NamedEntityRecognition",
    label_instructions=True,
    default_template=template("named_entity_recognition"),
    task_time_limit=3600,
    task_input=entity_task_input,
    check_answer=check_entities,
    consolidation=EntitySpans(METADATA_TYPE),
    label_form=LabelForm.ENTITIES,
    agreement=SpanAgreement(),
    gold=GoldSpans(),
    predictions=PredictedSpans(),
    other_consolidations={"ground-truth": EntityClusters(METADATA_TYPE)},
)
