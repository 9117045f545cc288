"""Two ways from chosen sets of labels to the probability that each label applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from groundwork.task_types.task_type import Json

if TYPE_CHECKING:
    from groundwork.consolidation.vote_table import Floats, Indices

SetVote = tuple[int, str, Sequence[int]]
"""(object id, worker id, indices of the chosen labels)."""

KnownSets = Mapping[int, Sequence[int]]
"""Indices of the labels that apply, by object id."""
NOTHING_KNOWN: KnownSets = MappingProxyType({})


class MultiLabelModel(Protocol):
    """How sets are weighed. numpy is loaded when something is computed, not before."""

    def estimate(self, votes: Sequence[SetVote], labels: int, known: KnownSets = NOTHING_KNOWN) -> Json:
        """Estimate the workers over all votes of the job; JSON. `known` are the labels of gold objects."""

    def probabilities(self, votes: Sequence[SetVote], labels: int, estimate: Json) -> dict[int, tuple[float, ...]]:
        """Tell, for each object of a batch that has votes, how likely each label applies."""


@dataclass(frozen=True, slots=True)
class PooledWorkers:
    """Each worker's sensitivity and specificity over all votes of the job (see `label_sets`)."""

    def estimate(self, votes: Sequence[SetVote], labels: int, known: KnownSets = NOTHING_KNOWN) -> Json:
        """Estimate how each worker chooses (see `set_quality.SetQuality`)."""
        from groundwork.consolidation.label_sets import label_sets  # noqa: PLC0415
        from groundwork.consolidation.set_quality import SetQuality  # noqa: PLC0415
        from groundwork.consolidation.set_table import SetTable  # noqa: PLC0415

        table = SetTable.build(votes, labels, known)
        return SetQuality.from_estimate(table, label_sets(table)).to_json()

    def probabilities(self, votes: Sequence[SetVote], labels: int, estimate: Json) -> dict[int, tuple[float, ...]]:
        """Weigh the votes by the estimated workers; without an estimate, by one over these votes alone."""
        from groundwork.consolidation.set_quality import SetQuality  # noqa: PLC0415
        from groundwork.consolidation.set_table import SetTable  # noqa: PLC0415

        table = SetTable.build(votes, labels)
        quality = SetQuality.model_validate(estimate or self.estimate(votes, labels))
        return _by_object(table.objects, quality.posterior(table))


@dataclass(frozen=True, slots=True)
class GroundTruthByLabel:
    """Ground Truth's published loop for each label and each part of a batch: chosen or not (see `ground_truth`)."""

    def estimate(self, votes: Sequence[SetVote], labels: int, known: KnownSets = NOTHING_KNOWN) -> Json:
        """There is nothing to estimate over the job."""
        return {}

    def probabilities(self, votes: Sequence[SetVote], labels: int, estimate: Json) -> dict[int, tuple[float, ...]]:
        """Weigh the votes of each part."""
        import numpy as np  # noqa: PLC0415

        from groundwork.consolidation.ground_truth import ground_truth, parts  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415

        found: dict[int, tuple[float, ...]] = {}
        for part in parts(votes):
            tables = [
                VoteTable.build(((object_id, worker, int(label in chosen)) for object_id, worker, chosen in part), 2)
                for label in range(labels)
            ]
            found |= _by_object(tables[0].objects, np.stack([ground_truth(table, 2)[1] for table in tables]))
        return found


def _by_object(objects: Indices, posterior: Floats) -> dict[int, tuple[float, ...]]:
    return {
        int(object_id): tuple(float(probability) for probability in column)
        for object_id, column in zip(objects, posterior.T, strict=True)
    }
