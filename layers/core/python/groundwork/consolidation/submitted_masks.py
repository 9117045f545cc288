"""The usable masks among the answers to one image, decoded one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.task_types.mask_answer import MaskAnswer
from groundwork.task_types.task_type import Answer, InvalidAnswerError, Json

if TYPE_CHECKING:
    from groundwork.consolidation.mask_image import Mask
    from groundwork.consolidation.vote_map import VoteMap

ReadMask = Callable[[Mapping[str, Json]], MaskAnswer]


@dataclass(frozen=True, slots=True)
class SubmittedMask:
    """One worker's mask, its pixels not decoded yet."""

    worker_id: str
    answer: MaskAnswer

    def decode(self, values: Sequence[int]) -> Mask:
        """Decode its pixels; the n-th painted color becomes `values[n]`.

        Raises
        ------
        DamagedMaskError
            The PNG can't be decoded.
        """
        from groundwork.consolidation.mask_image import decode_mask  # noqa: PLC0415

        colors = [(entry.color, value) for entry, value in zip(self.answer.painted, values, strict=True)]
        return decode_mask(self.answer.png, self.answer.width, self.answer.height, colors)


def usable_mask(content: Mapping[str, Json], read: ReadMask, labels: Sequence[str]) -> MaskAnswer | None:
    """Read an answer; None when it is no mask of the job's labels."""
    try:
        mask = read(content)
    except InvalidAnswerError:
        return None
    return mask if all(entry.label in labels for entry in mask.painted) else None


def submitted(answers: Sequence[Answer], read: ReadMask, labels: Sequence[str]) -> list[SubmittedMask]:
    """Find the answers that are masks of the job's labels, in ascending order of worker ids."""
    found = [(answer.worker_id, usable_mask(answer.content, read, labels)) for answer in answers]
    return sorted(
        (SubmittedMask(worker, mask) for worker, mask in found if mask is not None), key=lambda mask: mask.worker_id
    )


def size_of(masks: Sequence[SubmittedMask]) -> tuple[int, int]:
    """Height and width that most masks have; of equally frequent ones the largest."""
    sizes = Counter((mask.answer.height, mask.answer.width) for mask in masks)
    return max(sizes, key=lambda size: (sizes[size], size[0] * size[1], size))


def decoded(
    masks: Sequence[SubmittedMask], height: int, width: int, values: Callable[[MaskAnswer], Sequence[int]]
) -> Iterator[tuple[SubmittedMask, Mask]]:
    """Decode one after the other, brought to one size; a damaged one is passed over."""
    from groundwork.consolidation.mask_image import DamagedMaskError, scaled  # noqa: PLC0415

    for mask in masks:
        try:
            pixels = mask.decode(values(mask.answer))
        except DamagedMaskError:
            continue
        yield mask, scaled(pixels, height, width)


def laid_over(
    masks: Sequence[SubmittedMask], values: Callable[[MaskAnswer], Sequence[int]]
) -> tuple[VoteMap | None, list[SubmittedMask]]:
    """Lay the masks over each other.

    Returns
    -------
    tuple[VoteMap | None, list[SubmittedMask]]
        The list has those that could be used, one for each column of the map's tuples.
    """
    from groundwork.consolidation.vote_map import NoiseError, VoteMap  # noqa: PLC0415

    if not masks:
        return None, []
    height, width = size_of(masks)
    votes, used = VoteMap.empty(height, width), []
    for mask, pixels in decoded(masks, height, width, values):
        try:
            votes.add(pixels)
        except NoiseError:
            continue
        used.append(mask)
    return votes, used
