"""The stage that makes labels of what a round decided, shard by shard."""

from __future__ import annotations

from groundwork.active_learning.decisions import read_decisions
from groundwork.active_learning.learning_round import labels_name
from groundwork.job.job_at_hand import JobAtHand
from groundwork.json_text import compact_json
from groundwork.manifest_output.outcomes import Labeled, write_outcome


def label_shard(at: JobAtHand, number: int, shard: int) -> int:
    """Write the labels that a round gives in a shard; tells how many. A repetition writes the same files.

    Raises
    ------
    ValueError
        The task type is not labeled automatically.
    """
    machine = at.task_type.machine
    if machine is None:
        raise ValueError(f"{at.job.task_type} is not labeled automatically")
    labels = []
    for decision in read_decisions(at, number, shard):
        content = machine.content(
            decision.prediction, decision.confidence, at.job, at.task_type.metadata_type, at.moment()
        )
        for source, target in machine.copies(decision.prediction, at.job):
            at.store.copy(source, target)
        labels.append((decision.object_id, content))
    annotated = b"".join(b"%d %s\n" % (object_id, compact_json(content)) for object_id, content in labels)
    at.store.write(at.paths.auto_annotations(number, shard), annotated, "text/plain")
    outcomes = b"".join(write_outcome(object_id, Labeled(content)) for object_id, content in labels)
    at.store.write(at.paths.labels(shard, labels_name(number), 0), outcomes, "application/x-ndjson")
    return len(labels)
