"""From votes for one of several labels to the probability of each, in several ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from groundwork.task_types.task_type import DEFAULT_ALGORITHM, GROUND_TRUTH_ALGORITHM, Json

if TYPE_CHECKING:
    from groundwork.consolidation.vote_table import Floats, VoteTable

IndexVote = tuple[int, str, int]
"""(object id, worker id, index of the label)."""
Earlier = Mapping[str, Sequence[tuple[int, int, float]]]
"""What earlier jobs showed of workers: true label, given label, and answers that this counts for, by worker id."""
NOTHING_EARLIER: Earlier = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The most likely label of an object."""

    index: int
    probability: float


class SingleLabelModel(Protocol):
    """How votes are weighed. numpy is loaded when something is computed, not before."""

    def estimate(self, votes: Iterable[IndexVote], labels: int, earlier: Earlier = NOTHING_EARLIER) -> Json:
        """Estimate the workers over all votes of the job; JSON. A vote of `GOLD_VOTER` is a known label."""

    def choose(self, votes: Sequence[IndexVote], labels: int, estimate: Json) -> dict[int, Chosen]:
        """Choose the label of each object of a batch that has votes."""


@dataclass(frozen=True, slots=True)
class EstimatedCrowd:
    """One of the algorithms that estimate the crowd over all votes of the job, by name (see `crowd_estimates`)."""

    algorithm: str = DEFAULT_ALGORITHM

    def estimate(self, votes: Iterable[IndexVote], labels: int, earlier: Earlier = NOTHING_EARLIER) -> Json:
        """Estimate the crowd."""
        from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES  # noqa: PLC0415
        from groundwork.consolidation.vote_columns import VoteColumns  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415

        given, known = VoteColumns.of(votes).apart_from_gold()
        return CROWD_ESTIMATES[self.algorithm].of(VoteTable.build(given, labels, known), labels, earlier).to_json()

    def choose(self, votes: Sequence[IndexVote], labels: int, estimate: Json) -> dict[int, Chosen]:
        """Weigh the votes by the estimated crowd; without an estimate, by one over these votes alone."""
        from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415

        crowd = CROWD_ESTIMATES[self.algorithm].model_validate(estimate or self.estimate(votes, labels))
        table = VoteTable.build(votes, labels)
        return _most_likely(table, crowd.posterior(table))


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """Ground Truth's published loop over each part of a batch (see `ground_truth`); nothing is carried over."""

    def estimate(self, votes: Iterable[IndexVote], labels: int, earlier: Earlier = NOTHING_EARLIER) -> Json:
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


OTHER_SINGLE_LABEL_MODELS: Mapping[str, SingleLabelModel] = {
    "majority-vote": EstimatedCrowd("majority-vote"),
    "one-coin": EstimatedCrowd("one-coin"),
    "dawid-skene": EstimatedCrowd("dawid-skene"),
    GROUND_TRUTH_ALGORITHM: GroundTruth(),
}
"""What a request may name as `ConsolidationAlgorithm`, beside the default."""
