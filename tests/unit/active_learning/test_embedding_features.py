"""Features by Bedrock's embedding models: what they are asked, what is made of their answers."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.feature_extraction.embedding_features import EmbeddingFeatures
from groundwork.active_learning.feature_extraction.embedding_models import embedding_model
from groundwork.active_learning.feature_extraction.extractor import Content, Extraction
from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError, RefusedBodyError
from groundwork.job.feature_extractor import BEDROCK_MODELS, ObjectKind
from PIL import Image

from tests.unit.active_learning.pictures import plain

TITAN_TEXT, TITAN_IMAGE = "amazon.titan-embed-text-v2:0", "amazon.titan-embed-image-v1"
COHERE = "cohere.embed-multilingual-v3"


class FakeBedrock:
    """Answers in a model's own form: a text's vector is its length and 1, an image's its size."""

    def __init__(self, *, refuses: str = "never") -> None:
        self.bodies: list[Mapping[str, Any]] = []
        self.refuses = refuses

    def __call__(
        self, model_id: str, bodies: Sequence[Mapping[str, Any]]
    ) -> list[Mapping[str, Any] | RefusedBodyError]:
        self.bodies.extend(bodies)
        return [self._answer(body) for body in bodies]

    def _answer(self, body: Mapping[str, Any]) -> Mapping[str, Any] | RefusedBodyError:
        if self.refuses in str(body):
            return RefusedBodyError(f"ValidationException: {self.refuses}")
        if "texts" in body:
            return {
                "embeddings": {"float": [[len(text), 1] for text in body["texts"]]},
                "response_type": "embeddings_by_type",
            }
        if "images" in body:
            return {"embeddings": {"float": [list(image_of(body["images"][0].split(",")[1]).size)]}}
        if "inputImage" in body:
            return {"embedding": list(image_of(body["inputImage"]).size), "inputTextTokenCount": 0}
        return {"embedding": [len(body["inputText"]), 1], "inputTextTokenCount": 3}


def image_of(text: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(text)))


def extract(model: str, kind: ObjectKind, contents: Sequence[Content], bedrock: FakeBedrock) -> Extraction:
    return EmbeddingFeatures(embedding_model(model, kind), bedrock).extract(contents)


def rows(extraction: Extraction) -> list[list[float]]:
    assert extraction.features is not None
    found: list[list[float]] = np.asarray(extraction.features.matrix).tolist()
    return found


def test_every_model_that_may_be_named_is_known_for_all_that_it_takes() -> None:
    for model, kinds in BEDROCK_MODELS.items():
        assert {embedding_model(model, kind).model_id for kind in kinds} == {model}


def test_titan_takes_one_text_a_call() -> None:
    bedrock = FakeBedrock()
    extraction = extract(TITAN_TEXT, ObjectKind.TEXT, ["a boat", "net"], bedrock)
    assert bedrock.bodies == [
        {"inputText": "a boat", "dimensions": 1024, "normalize": True},
        {"inputText": "net", "dimensions": 1024, "normalize": True},
    ]
    assert rows(extraction) == [[6, 1], [3, 1]]


def test_cohere_takes_many_texts_a_call() -> None:
    bedrock = FakeBedrock()
    texts = [f"net {number}" for number in range(100)]
    extraction = extract(COHERE, ObjectKind.TEXT, texts, bedrock)
    assert [len(body["texts"]) for body in bedrock.bodies] == [96, 4]
    assert {key: value for key, value in bedrock.bodies[0].items() if key != "texts"} == {
        "input_type": "classification",
        "truncate": "END",
        "embedding_types": ["float"],
    }
    assert rows(extraction) == [[len(text), 1] for text in texts]


@pytest.mark.parametrize(("model", "most"), [(TITAN_TEXT, 8_000), (COHERE, 2_048)])
def test_a_long_text_is_cut_to_what_the_model_takes(model: str, most: int) -> None:
    assert rows(extract(model, ObjectKind.TEXT, ["x" * 60_000], FakeBedrock())) == [[most, 1]]


def test_an_image_is_sent_small() -> None:
    bedrock = FakeBedrock()
    extraction = extract(TITAN_IMAGE, ObjectKind.IMAGE, [plain("red", (3000, 1500)), plain("red", (40, 30))], bedrock)
    assert rows(extraction) == [[512, 256], [40, 30]]
    assert bedrock.bodies[0]["embeddingConfig"] == {"outputEmbeddingLength": 1024}
    assert image_of(bedrock.bodies[0]["inputImage"]).format == "JPEG"


def test_cohere_takes_an_image_as_a_data_address() -> None:
    bedrock = FakeBedrock()
    assert rows(extract(COHERE, ObjectKind.IMAGE, [plain("red", (40, 30))], bedrock)) == [[40, 30]]
    (body,) = bedrock.bodies
    assert body["images"][0].startswith("data:image/jpeg;base64,")
    assert (body["input_type"], body["embedding_types"]) == ("image", ["float"])


def test_what_the_model_can_not_be_sent_is_left_out_and_costs_nothing() -> None:
    bedrock = FakeBedrock()
    extraction = extract(TITAN_TEXT, ObjectKind.TEXT, ["", "net", " \n"], bedrock)
    assert rows(extraction) == [[3, 1]]
    assert extraction.unreadable == {0: "the text is empty", 2: "the text is empty"}
    assert len(bedrock.bodies) == 1
    broken = extract(TITAN_IMAGE, ObjectKind.IMAGE, [b"no image"], bedrock)
    assert broken.features is None
    assert "not a readable image" in broken.unreadable[0]


def test_a_text_that_cohere_refuses_costs_no_other_of_its_call_theirs() -> None:
    bedrock = FakeBedrock(refuses="whale")
    extraction = extract(COHERE, ObjectKind.TEXT, ["net", "a whale", "boat"], bedrock)
    assert rows(extraction) == [[3, 1], [4, 1]]
    assert extraction.unreadable == {1: "ValidationException: whale"}
    assert len(bedrock.bodies) == 4


@pytest.mark.parametrize("answer", [{"message": "no"}, {"embedding": None, "embeddings": {"float": [[1], [2]]}}])
def test_an_answer_of_another_form_is_an_error_with_the_models_name(answer: Mapping[str, Any]) -> None:
    def invoke(model_id: str, bodies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any] | RefusedBodyError]:
        return [answer for _ in bodies]

    extractor = EmbeddingFeatures(embedding_model(COHERE, ObjectKind.TEXT), invoke)
    with pytest.raises(
        FeatureExtractorError, match=r"bedrock:cohere\.embed-multilingual-v3 can't be used: its? answer"
    ):
        extractor.extract(["net"])
