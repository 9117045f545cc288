"""A round of active learning as the stages see it: what was decided, and whether another one is due.

No numpy here: this is read where nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Frozen
from groundwork.job.s3_uri import S3Uri
from groundwork.task_dispatch.window import Window
from groundwork.task_types.task_type import Json

LABELS = "learning-"
"""Begins the names of label files that the model's labels are in."""


class LearningRound(Frozen):
    """`.groundwork/learning/<number>.json`, written when everything that was decided is in S3.

    Round 0 draws the first sample and has no model.
    """

    number: int
    over: bool
    """No further round follows."""
    reason: str = ""
    """Why the model labeled nothing, or what ended the loop."""
    labeled: int = 0
    """Data objects that the model labeled in this round."""
    labeled_shards: tuple[int, ...] = ()
    """Shards they lie in."""
    people: int = 0
    """Data objects that people are asked for next."""
    batch: int | None = None
    """Number of the batch that was selected for people; None when nobody is asked."""
    figures: dict[str, Json] = Field(default={})


class Learning(Frozen):
    """What the machine is told of the round that is due; `features`: shards whose features are not there yet."""

    round: int
    trainer: str
    features: tuple[int, ...] = ()


def rounds(at: JobAtHand) -> list[LearningRound]:
    """Read all rounds so far, in order."""
    prefix = at.paths.learning_rounds_prefix
    uris = [S3Uri(prefix.bucket, key) for key in sorted(at.store.keys(prefix))]
    return [LearningRound.model_validate_json(content) for content in at.store.read_many(uris)]


def batches(past: Iterable[LearningRound]) -> int:
    """Count the batches that rounds selected for people."""
    return sum(each.batch is not None for each in past)


def labels_name(number: int) -> str:
    """Name the label files of a round, as those of a consolidation round are named after its plan."""
    return f"{LABELS}{number:05d}"


def is_by_model(key: str) -> bool:
    """Tell by its key whether a label file is of a round."""
    return key.rsplit("/", 1)[-1].startswith(LABELS)


def due(at: JobAtHand, window: Window) -> Learning | None:
    """Tell which round is due now that all that people were asked for has come; None when none is.

    A round whose labels are not all written, since an execution broke off, is due again; it decides nothing anew.
    """
    automation = at.job.automation
    if automation is None or not window.exhausted():
        return None
    past = rounds(at)
    written = set(at.store.keys(at.paths.labels_prefix)) if any(each.labeled_shards for each in past) else set()
    for each in past:
        if any(at.paths.labels(shard, labels_name(each.number), 0).key not in written for shard in each.labeled_shards):
            return Learning(round=each.number, trainer=automation.trainer)
    if window.stopping or (past and past[-1].over):
        return None
    if not past or automation.trainer != "embedded":
        return Learning(round=len(past), trainer=automation.trainer)
    return Learning(round=len(past), trainer=automation.trainer, features=_without_features(at, window))


def _without_features(at: JobAtHand, window: Window) -> tuple[int, ...]:
    found = set(at.store.keys(at.paths.features_prefix))
    return tuple(shard for shard in range(window.shards) if at.paths.features(shard).key not in found)
