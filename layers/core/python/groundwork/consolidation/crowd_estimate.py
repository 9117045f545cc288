"""The contract of the ways to consolidate single labels: an estimate of the crowd that labels objects by itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Self

from pydantic import Field

from groundwork.consolidation.earlier_answers import NOTHING_BEFORE, EarlierCounts
from groundwork.consolidation.vote_table import Floats, VoteTable
from groundwork.job.labeling_job import Frozen


class CrowdEstimate(Frozen, ABC):
    """All that one algorithm learned of the votes of a job, stored as JSON.

    Objects are labeled from it and their own votes alone, in batches of any size and order.
    """

    objects: int = Field(ge=0, description="Data objects the estimate rests on")

    @classmethod
    @abstractmethod
    def of(cls, table: VoteTable, labels: int, earlier: EarlierCounts = NOTHING_BEFORE) -> Self:
        """Estimate the crowd over all votes; `labels` is at least 1, and there may be no votes.

        `earlier` is what is known of workers from earlier jobs, which an algorithm may make use of.
        """

    @abstractmethod
    def posterior(self, table: VoteTable) -> Floats:
        """Probability of each label of each object in `table`, shape (labels, objects).

        Workers who are not in the estimate are taken for what is expected of the crowd.
        """

    def to_json(self) -> dict[str, Any]:
        """Write as what `json.dumps` takes."""
        return self.model_dump(mode="json")
