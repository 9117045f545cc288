"""Two ways from what workers said of pixels to the probability of each class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from groundwork.consolidation.known_votes import told_apart
from groundwork.task_types.task_type import Json, Vote

if TYPE_CHECKING:
    from groundwork.consolidation.confusion_quality import ConfusionQuality, VotedImage
    from groundwork.consolidation.vote_map import VoteMap
    from groundwork.consolidation.vote_table import Floats

LAMBDA = 0.01
"""How many of an image's pixels the prior of a worker is worth (spec: workflows §2.10)."""


class SemanticMaskModel(Protocol):
    """How the votes on pixels are weighed. numpy is loaded when something is computed, not before."""

    @property
    def votes(self) -> bool:
        """Whether `estimate` needs votes."""

    def estimate(self, votes: Sequence[Vote], classes: int) -> Json:
        """Estimate the workers over the grids of all their answers; JSON."""

    def posterior(self, votes: VoteMap, workers: Sequence[str], classes: Sequence[int], estimate: Json) -> Floats:
        """Weigh the combinations of one image.

        Parameters
        ----------
        votes : VoteMap
        workers : Sequence[str]
            Who gave each column of its tuples.
        classes : Sequence[int]
            The classes that occur, ascending, 0 among them.
        estimate : Json

        Returns
        -------
        Floats
            Shape (combinations, classes). What nobody marked is BACKGROUND for certain.
        """


@dataclass(frozen=True, slots=True)
class PixelEm:
    """Zero-truncated Dawid-Skene over the pixels of an image, with what the job knows of the workers as prior."""

    votes: bool = True

    def estimate(self, votes: Sequence[Vote], classes: int) -> Json:
        """Estimate how often each worker confuses which classes (see `confusion_quality`)."""
        from groundwork.consolidation.confusion_quality import ConfusionQuality  # noqa: PLC0415

        given, known = told_apart(votes)
        by_image: dict[int, dict[str, Json]] = defaultdict(dict)
        for object_id, worker, grid in given:
            by_image[object_id][worker] = grid
        images = [_voted(by_image[object_id], known.get(object_id)) for object_id in sorted(by_image)]
        return ConfusionQuality.estimate(images, classes).to_json()

    def posterior(self, votes: VoteMap, workers: Sequence[str], classes: Sequence[int], estimate: Json) -> Floats:
        """Fit the workers to this image, starting from what is known of them."""
        import numpy as np  # noqa: PLC0415

        from groundwork.consolidation.confusion_quality import VotedImage, fit_image  # noqa: PLC0415

        posterior = np.zeros((len(votes.tuples), len(classes)))
        posterior[0, 0] = 1.0
        if len(votes.tuples) > 1:
            pixels = votes.histogram()
            local = np.searchsorted(classes, votes.tuples[1:].astype(np.int64))
            image = VotedImage(tuple(workers), local, pixels[1:].astype(float), float(pixels[0]))
            posterior[1:] = fit_image(image, LAMBDA * _quality(estimate, classes).matrices(workers, classes))
        return posterior


@dataclass(frozen=True, slots=True)
class GroundTruthPixels:
    """Every worker's vote on a pixel counts the same, as Ground Truth describes it; nothing is carried over."""

    votes: bool = False

    def estimate(self, votes: Sequence[Vote], classes: int) -> Json:
        """There is nothing to estimate."""
        return {}

    def posterior(self, votes: VoteMap, workers: Sequence[str], classes: Sequence[int], estimate: Json) -> Floats:
        """Share of each class among the votes."""
        import numpy as np  # noqa: PLC0415

        shares: Floats = np.stack([(votes.tuples == label).mean(axis=1) for label in classes], axis=1)
        return shares


def _quality(estimate: Json, classes: Sequence[int]) -> ConfusionQuality:
    from groundwork.consolidation.confusion_quality import ConfusionQuality  # noqa: PLC0415

    if estimate:
        return ConfusionQuality.model_validate(estimate)
    return ConfusionQuality.nothing_known(max(classes) + 1)


def _voted(grids: dict[str, Json], known: Json | None) -> VotedImage:
    from groundwork.consolidation.confusion_quality import VotedImage  # noqa: PLC0415
    from groundwork.consolidation.mask_grid import MaskGrid, alike  # noqa: PLC0415
    from groundwork.consolidation.vote_map import VoteMap  # noqa: PLC0415

    workers = tuple(sorted(grids))
    laid = [grids[worker] for worker in workers] + ([] if known is None else [known])
    votes = VoteMap.of(alike([MaskGrid.model_validate(grid) for grid in laid]))
    cells, tuples = votes.histogram(), votes.tuples[1:].astype("int64")
    truth = None if known is None else tuples[:, -1]
    return VotedImage(workers, tuples[:, : len(workers)], cells[1:].astype(float), float(cells[0]), truth)
