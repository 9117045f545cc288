"""What the types whose answers are shapes on an image share: all of them are declared alike."""

from __future__ import annotations

from groundwork.consolidation.estimated_quality import quality_of_shapes
from groundwork.consolidation.shapes import Shapes
from groundwork.quality.drawings import DrawingAgreement
from groundwork.task_types.built_in import SOURCE_REF, built_in_task_input, template
from groundwork.task_types.gold_shapes import GoldShapes
from groundwork.task_types.predicted_shapes import PredictedShapes
from groundwork.task_types.shape_answer import CheckDrawing
from groundwork.task_types.task_type import LabelCount, TaskType

IMAGES = (".jpg", ".jpeg", ".png")
TASK_TIME_LIMIT = 3_600
"""Ground Truth's console default for drawing (spec: task-types §1.1)."""
WORKERS_PER_OBJECT = 5
"""Ground Truth's console default for boxes."""
MOST_LABELS = 50


def shape_type(name: str, title: str, consolidation: Shapes, template_name: str) -> TaskType:
    """Declare a type of which answers have the form that its consolidation reads."""
    return TaskType(
        name=name,
        title=title,
        metadata_type=consolidation.metadata_type,
        source_keys=(SOURCE_REF,),
        label_count=LabelCount(least=1, most=MOST_LABELS),
        default_template=template(template_name),
        task_time_limit=TASK_TIME_LIMIT,
        workers_per_object=WORKERS_PER_OBJECT,
        task_input=built_in_task_input,
        check_answer=CheckDrawing(consolidation.form),
        consolidation=consolidation,
        label_form=consolidation.form.label_form,
        agreement=DrawingAgreement(consolidation.form, consolidation.kind),
        estimated_quality=quality_of_shapes,
        gold=GoldShapes(consolidation.form),
        predictions=PredictedShapes(consolidation.form),
        extensions=IMAGES,
    )
