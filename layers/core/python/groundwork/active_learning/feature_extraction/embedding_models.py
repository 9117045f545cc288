"""What Amazon Bedrock's embedding models are asked and what they answer, as their documentation has it.

Titan Text Embeddings V2, Titan Multimodal Embeddings G1 and Cohere Embed v3, each by InvokeModel with a body in JSON.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from groundwork.active_learning.feature_extraction.extractor import Content
from groundwork.job.feature_extractor import ObjectKind

Body = dict[str, Any]

TITAN_CHARACTERS = 8_000
"""Read of a text. Titan takes 50,000 characters and 8,192 tokens, and refuses more; a character is hardly ever more
than a token, in any language, and what tells classes apart stands early."""
COHERE_CHARACTERS = 2_048
"""Cohere's limit of a text; of more than 512 tokens it drops the end."""
COHERE_TEXTS = 96
"""Cohere's limit of texts a call."""
IMAGE_SIDE = 512
"""Pixels of the longer side of the image that is sent: Titan takes 2,048, and 25 MB; Cohere 5 MB."""


class UnfitContentError(ValueError):
    """A data object that the model takes in no form; the text says why."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """How one model is asked."""

    model_id: str
    per_call: int
    """Contents that one call takes."""
    prepare: Callable[[Content], str]
    """Bring a content to what goes into the body; raises `UnfitContentError`."""
    body: Callable[[Sequence[str]], Body]
    vectors: Callable[[Mapping[str, Any]], Sequence[Sequence[float]]]
    """Read the answer: one vector a content, in their order."""


def embedding_model(model_id: str, kind: ObjectKind) -> EmbeddingModel:
    """Find how a model is asked for one kind of objects.

    Raises
    ------
    KeyError
        It is none of ours, or does not take them.
    """
    return _MODELS[model_id, kind](model_id)


def _text(content: Content, most: int) -> str:
    if not isinstance(content, str) or not content.strip():
        raise UnfitContentError("the text is empty")
    return content[:most]


def _titan_text(model_id: str) -> EmbeddingModel:
    return EmbeddingModel(
        model_id,
        per_call=1,
        prepare=lambda content: _text(content, TITAN_CHARACTERS),
        body=lambda texts: {"inputText": texts[0], "dimensions": 1024, "normalize": True},
        vectors=lambda answer: [answer["embedding"]],
    )


def _titan_image(model_id: str) -> EmbeddingModel:
    return EmbeddingModel(
        model_id,
        per_call=1,
        prepare=_jpeg,
        body=lambda images: {"inputImage": images[0], "embeddingConfig": {"outputEmbeddingLength": 1024}},
        vectors=lambda answer: [answer["embedding"]],
    )


def _cohere_text(model_id: str) -> EmbeddingModel:
    return EmbeddingModel(
        model_id,
        per_call=COHERE_TEXTS,
        prepare=lambda content: _text(content, COHERE_CHARACTERS),
        body=lambda texts: {
            "texts": list(texts),
            "input_type": "classification",
            "truncate": "END",
            "embedding_types": ["float"],
        },
        vectors=lambda answer: answer["embeddings"]["float"],
    )


def _cohere_image(model_id: str) -> EmbeddingModel:
    return EmbeddingModel(
        model_id,
        per_call=1,
        prepare=lambda content: f"data:image/jpeg;base64,{_jpeg(content)}",
        body=lambda images: {"images": list(images), "input_type": "image", "embedding_types": ["float"]},
        vectors=lambda answer: answer["embeddings"]["float"],
    )


_MODELS: Mapping[tuple[str, ObjectKind], Callable[[str], EmbeddingModel]] = MappingProxyType(
    {
        ("amazon.titan-embed-text-v2:0", ObjectKind.TEXT): _titan_text,
        ("amazon.titan-embed-image-v1", ObjectKind.IMAGE): _titan_image,
        ("cohere.embed-english-v3", ObjectKind.TEXT): _cohere_text,
        ("cohere.embed-english-v3", ObjectKind.IMAGE): _cohere_image,
        ("cohere.embed-multilingual-v3", ObjectKind.TEXT): _cohere_text,
        ("cohere.embed-multilingual-v3", ObjectKind.IMAGE): _cohere_image,
    }
)


def _jpeg(content: Content) -> str:
    """Shrink an image file to what the models look at, as base64: the address is never sent, the picture small."""
    # Where texts are embedded, nobody waits for Pillow.
    from groundwork.active_learning.feature_extraction.image_decoding import UnreadableImageError, decoded  # noqa: PLC0415

    if isinstance(content, str):
        raise UnfitContentError("a text is no image")
    try:
        image = decoded(content, side=IMAGE_SIDE)
    except UnreadableImageError as error:
        raise UnfitContentError(str(error)) from error
    image.thumbnail((IMAGE_SIDE, IMAGE_SIDE))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    return base64.b64encode(file.getvalue()).decode()
