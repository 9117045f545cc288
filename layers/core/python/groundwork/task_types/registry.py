"""The task types there are. A new one is a module of its own and one more line in `TASK_TYPES`."""

from __future__ import annotations

from collections.abc import Iterable

from groundwork.task_types.adjustment_bounding_box import ADJUSTMENT_BOUNDING_BOX
from groundwork.task_types.bounding_box import BOUNDING_BOX
from groundwork.task_types.custom import CUSTOM, PASS_THROUGH
from groundwork.task_types.image_classification import IMAGE_CLASSIFICATION
from groundwork.task_types.instance_segmentation import INSTANCE_SEGMENTATION
from groundwork.task_types.keypoint import KEYPOINT
from groundwork.task_types.line import LINE
from groundwork.task_types.multi_label_classification import IMAGE_MULTI_LABEL, TEXT_MULTI_LABEL
from groundwork.task_types.named_entity_recognition import NAMED_ENTITY_RECOGNITION
from groundwork.task_types.polygon import POLYGON
from groundwork.task_types.polyline import POLYLINE
from groundwork.task_types.semantic_segmentation import ADJUSTMENT_SEMANTIC_SEGMENTATION, SEMANTIC_SEGMENTATION
from groundwork.task_types.task_type import TaskType
from groundwork.task_types.text_classification import TEXT_CLASSIFICATION
from groundwork.task_types.verification import BOUNDING_BOX_VERIFICATION, SEMANTIC_SEGMENTATION_VERIFICATION

TASK_TYPES = (
    IMAGE_CLASSIFICATION,
    TEXT_CLASSIFICATION,
    IMAGE_MULTI_LABEL,
    TEXT_MULTI_LABEL,
    BOUNDING_BOX_VERIFICATION,
    SEMANTIC_SEGMENTATION_VERIFICATION,
    BOUNDING_BOX,
    ADJUSTMENT_BOUNDING_BOX,
    POLYGON,
    POLYLINE,
    LINE,
    KEYPOINT,
    NAMED_ENTITY_RECOGNITION,
    SEMANTIC_SEGMENTATION,
    ADJUSTMENT_SEMANTIC_SEGMENTATION,
    INSTANCE_SEGMENTATION,
    PASS_THROUGH,
    CUSTOM,
)


__all__ = ["CUSTOM", "TASK_TYPES", "Registry", "UnknownTaskTypeError", "find", "get", "names"]


class UnknownTaskTypeError(LookupError):
    """A name that is none of the registry's."""


class Registry:
    """Task types by name, and by the functions that select them.

    Parameters
    ----------
    task_types : Iterable[TaskType]

    Raises
    ------
    ValueError
        Two of them claim the same name.
    """

    def __init__(self, task_types: Iterable[TaskType]) -> None:
        self._by_name: dict[str, TaskType] = {}
        self._by_suffix: dict[str, TaskType] = {}
        for task_type in task_types:
            self._by_name[task_type.name] = task_type
            for suffix in (task_type.name, *task_type.aliases):
                if suffix in self._by_suffix:
                    raise ValueError(f"{task_type.name} and {self._by_suffix[suffix].name} both claim {suffix!r}")
                self._by_suffix[suffix] = task_type

    def get(self, name: str) -> TaskType:
        """Look a task type up by its name.

        Raises
        ------
        UnknownTaskTypeError
            With the names there are.
        """
        if name not in self._by_name:
            raise UnknownTaskTypeError(f"no task type {name!r}; there are {', '.join(self.names())}")
        return self._by_name[name]

    def find(self, suffix: str) -> TaskType | None:
        """Find what the functions PRE-`suffix` and ACS-`suffix` select; None when we have no such type.

        A custom job has functions of its own, so no built-in function selects `CUSTOM`.
        """
        found = self._by_suffix.get(suffix)
        return None if found is CUSTOM else found

    def names(self) -> tuple[str, ...]:
        """List the names of all task types."""
        return tuple(self._by_name)


_REGISTRY = Registry(TASK_TYPES)
get = _REGISTRY.get
find = _REGISTRY.find
names = _REGISTRY.names
