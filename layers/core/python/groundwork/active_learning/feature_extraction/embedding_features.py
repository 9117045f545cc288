"""Features of texts and images by an embedding model of Amazon Bedrock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from groundwork.active_learning.feature_extraction.embedding_models import EmbeddingModel, UnfitContentError
from groundwork.active_learning.feature_extraction.extractor import Content, Extraction
from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError, RefusedBodyError
from groundwork.active_learning.features import Features

CALLS_TOGETHER = 32
"""Calls in a group: enough for all threads of the gateway, a few seconds of work."""


class Invoke(Protocol):
    """The gateway: `groundwork.aws.bedrock_model.BedrockModel`."""

    def __call__(
        self, model_id: str, bodies: Sequence[Mapping[str, Any]]
    ) -> list[Mapping[str, Any] | RefusedBodyError]:
        """Send requests side by side and return the answers in their order."""


@dataclass(frozen=True, slots=True)
class _Found:
    vectors: dict[int, Sequence[float]]
    refused: dict[int, str]


@dataclass(frozen=True, slots=True)
class EmbeddingFeatures:
    """Extracts by one model; throttling and time are the gateway's."""

    model: EmbeddingModel
    invoke: Invoke

    @property
    def identity(self) -> str:
        """The model's id."""
        return f"bedrock:{self.model.model_id}"

    @property
    def group(self) -> int:
        """Whole calls, so that none goes out half full."""
        return self.model.per_call * max(1, CALLS_TOGETHER // self.model.per_call)

    def extract(self, contents: Sequence[Content]) -> Extraction:
        """Embed whatever the model takes."""
        unreadable: dict[int, str] = {}
        prepared: list[tuple[int, str]] = []
        for place, content in enumerate(contents):
            try:
                prepared.append((place, self.model.prepare(content)))
            except UnfitContentError as error:
                unreadable[place] = str(error)
        size = self.model.per_call
        calls = [prepared[start : start + size] for start in range(0, len(prepared), size)]
        found = self._ask(calls)
        # One content that the model does not accept must not cost the others of its call theirs.
        alone = [[each] for call in calls if len(call) > 1 for each in call if each[0] not in found.vectors]
        if alone:
            again = self._ask(alone)
            found = _Found(found.vectors | again.vectors, {**found.refused, **again.refused})
        unreadable |= {place: reason for place, reason in found.refused.items() if place not in found.vectors}
        rows = [found.vectors[place] for place, _ in prepared if place in found.vectors]
        return Extraction(Features(np.array(rows, dtype=np.float16)) if rows else None, unreadable)

    def _ask(self, calls: Sequence[Sequence[tuple[int, str]]]) -> _Found:
        """Send calls of (place, content) each."""
        bodies = [self.model.body([content for _, content in call]) for call in calls]
        vectors: dict[int, Sequence[float]] = {}
        refused: dict[int, str] = {}
        for call, answer in zip(calls, self.invoke(self.model.model_id, bodies), strict=True):
            places = [place for place, _ in call]
            if isinstance(answer, RefusedBodyError):
                refused.update((place, str(answer)) for place in places)
            else:
                vectors.update(zip(places, self._vectors(answer, len(call)), strict=True))
        return _Found(vectors, refused)

    def _vectors(self, answer: Mapping[str, Any], count: int) -> Sequence[Sequence[float]]:
        try:
            vectors = self.model.vectors(answer)
        except (KeyError, TypeError) as error:
            raise FeatureExtractorError(self.identity, f"its answer has no {error}") from error
        if len(vectors) != count:
            raise FeatureExtractorError(self.identity, f"it answered {len(vectors)} vectors for {count} contents")
        return vectors
