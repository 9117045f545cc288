"""Two ways from votes for one of several labels to the probability of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from groundwork.task_types.task_type import Json

if TYPE_CHECKING:
    from groundwork.consolidation.vote_table import Floats, VoteTable

IndexVote = tuple[int, str, int]
"""(object id, worker id, index of the label)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The most likely label of an object."""

    index: int
    probability: float


class SingleLabelModel(Protocol):
    """How votes are weighed. numpy is loaded when something is computed, not before."""

    def estimate(self, votes: Sequence[IndexVote], labels: int) -> Json:
        """Estimate the workers over all votes of the job; JSON."""

    def choose(self, votes: Sequence[IndexVote], labels: int, estimate: Json) -> dict[int, Chosen]:
        """Choose the label of each object of a batch that has votes."""


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """Dawid-Skene over all votes of the job (see `dawid_skene`)."""

    def estimate(self, votes: Sequence[IndexVote], labels: int) -> Json:
        """Estimate how often each worker confuses which labels (see `worker_quality.WorkerQuality`)."""
        from groundwork.consolidation.dawid_skene import dawid_skene  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415
        from groundwork.consolidation.worker_quality import WorkerQuality  # noqa: PLC0415

        table = VoteTable.build(votes, labels)
        return WorkerQuality.from_estimate(table, dawid_skene(table, labels)).to_json()

    def choose(self, votes: Sequence[IndexVote], labels: int, estimate: Json) -> dict[int, Chosen]:
        """Weigh the votes by the estimated workers; without an estimate, by one over these votes alone."""
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415
        from groundwork.consolidation.worker_quality import WorkerQuality  # noqa: PLC0415

        table = VoteTable.build(votes, labels)
        quality = WorkerQuality.model_validate(estimate or self.estimate(votes, labels))
        return _most_likely(table, quality.posterior(table))


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """Ground Truth's published loop over each part of a batch (see `ground_truth`); nothing is carried over."""

    def estimate(self, votes: Sequence[IndexVote], labels: int) -> Json:
        """There is nothing to estimate over the job."""
        return {}

    def choose(self, votes: Sequence[IndexVote], labels: int, estimate: Json) -> dict[int, Chosen]:
        """Weigh the votes of each part."""
        from groundwork.consolidation.ground_truth import ground_truth, parts  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415

        chosen: dict[int, Chosen] = {}
        for part in parts(votes):
            table = VoteTable.build(part, labels)
            chosen |= _most_likely(table, ground_truth(table, labels))
        return chosen


def _most_likely(table: VoteTable, posterior: Floats) -> dict[int, Chosen]:
    from groundwork.consolidation.majority_vote import most_likely  # noqa: PLC0415

    return {
        int(object_id): Chosen(int(label), float(probability))
        for object_id, label, probability in zip(
            table.objects, most_likely(posterior), posterior.max(axis=0), strict=True
        )
    }
