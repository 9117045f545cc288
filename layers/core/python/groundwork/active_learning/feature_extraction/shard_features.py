"""The file of a shard's features: `.groundwork/features/<shard>.npz`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from groundwork.active_learning.arrays import Indices
from groundwork.active_learning.feature_extraction.extractor import Extraction
from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError
from groundwork.active_learning.features import Features


def _none() -> Indices:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class ShardFeatures:
    """Features of data objects, and which objects have none and never will."""

    extractor: str
    """Identity of the extractor."""
    objects: Indices = field(default_factory=_none)
    """Object id of each row of `features`, ascending in a finished shard."""
    features: Features | None = None
    """None when no object has any."""
    unreadable: Indices = field(default_factory=_none)
    """Object ids: never labeled by a model, always by people."""

    @property
    def known(self) -> set[int]:
        """Objects that need no more looking at."""
        return {*self.objects.tolist(), *self.unreadable.tolist()}

    def with_extraction(self, object_ids: Sequence[int], extraction: Extraction) -> ShardFeatures:
        """Add what came of a group of objects."""
        readable = [each for place, each in enumerate(object_ids) if place not in extraction.unreadable]
        unreadable = [object_ids[place] for place in sorted(extraction.unreadable)]
        found = [each for each in (self.features, extraction.features) if each is not None]
        return ShardFeatures(
            self.extractor,
            np.concatenate([self.objects, np.array(readable, np.int64)]),
            Features.stack(found) if found else None,
            np.concatenate([self.unreadable, np.array(unreadable, np.int64)]),
        )

    def to_bytes(self) -> bytes:
        """Write as an uncompressed NPZ archive."""
        file = io.BytesIO()
        rows = self.features.to_bytes() if self.features is not None else b""
        np.savez(
            file,
            extractor=np.array(self.extractor),
            objects=self.objects,
            features=np.frombuffer(rows, np.uint8),
            unreadable=self.unreadable,
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, archive: bytes) -> ShardFeatures:
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(archive), allow_pickle=False) as stored:
            rows = stored["features"].tobytes()
            return cls(
                str(stored["extractor"]),
                stored["objects"],
                Features.from_bytes(rows) if rows else None,
                stored["unreadable"],
            )

    @classmethod
    def join(cls, shards: Sequence[ShardFeatures]) -> ShardFeatures:
        """Put the shards of a job together, in the order given.

        Raises
        ------
        FeatureExtractorError
            They were not extracted by the same model.
        """
        identities = list(dict.fromkeys(shard.extractor for shard in shards))
        if len(identities) > 1:
            raise FeatureExtractorError(
                identities[0], f"it has changed while the labeling job was at work, to {identities[1]}"
            )
        found = [shard.features for shard in shards if shard.features is not None]
        return cls(
            identities[0] if identities else "",
            np.concatenate([_none(), *(shard.objects for shard in shards)]),
            Features.stack(found) if found else None,
            np.concatenate([_none(), *(shard.unreadable for shard in shards)]),
        )
