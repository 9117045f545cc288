"""Features by a model of the deployer's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.feature_extraction.extractor import OneByOne
from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError
from groundwork.active_learning.feature_extraction.onnx_features import OnnxFeatures
from groundwork.active_learning.features import UnreadableObjectError
from onnx import TensorProto, helper
from PIL import Image

from tests.unit.active_learning.onnx_models import channel_means, model
from tests.unit.active_learning.pictures import plain, written

NAME = "s3://models/harbor.onnx"
BLUISH = (51, 102, 204)
"""0.2, 0.4 and 0.8 of the brightest."""
RAW = {"mean": [0, 0, 0], "std": [1, 1, 1]}


def features(content: bytes, **settings: Any) -> OnnxFeatures:
    return OnnxFeatures(NAME, content, json.dumps(settings).encode() if settings else None, threads=1)


def vector(extractor: OnnxFeatures, image: bytes) -> list[float]:
    (row,) = extractor.extract([image]).matrix
    return [round(float(value), 2) for value in row]


def test_a_model_sees_red_green_and_blue_without_the_mean_and_deviation_of_imagenet() -> None:
    expected = [(0.2 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, (0.8 - 0.406) / 0.225]
    assert vector(features(channel_means()), plain(BLUISH)) == pytest.approx(expected, abs=0.01)


def test_the_file_beside_the_model_changes_mean_deviation_and_order() -> None:
    settings = {"mean": [0.8, 0.4, 0], "std": [1, 1, 2], "channelOrder": "BGR"}
    assert vector(features(channel_means(), **settings), plain(BLUISH)) == [0, 0, 0.1]


@pytest.mark.parametrize(
    "shape",
    [
        ("n", 3, 8, 8),
        (1, 3, 8, 8),
        (4, 3, 8, 8),
        (None, 3, None, None),
        ("n", 8, 8, 3),
        (1, 8, 8, 3),
        (None, None, None, 3),
    ],
)
def test_channels_first_or_last_and_a_batch_fixed_or_free_give_the_same(shape: Sequence[int | str | None]) -> None:
    assert vector(features(channel_means(shape=shape), **RAW), plain(BLUISH)) == [0.2, 0.4, 0.8]


def test_a_model_of_whole_numbers_takes_the_pixels_as_they_are() -> None:
    assert vector(features(channel_means(type_=TensorProto.UINT8)), plain(BLUISH)) == [51, 102, 204]


def test_a_model_of_half_precision_takes_the_same_image() -> None:
    assert vector(features(channel_means(type_=TensorProto.FLOAT16), **RAW), plain(BLUISH)) == [0.2, 0.4, 0.8]


def test_a_grey_model_takes_lightness() -> None:
    (value,) = vector(features(channel_means(shape=("n", 1, 8, 8)), mean=[0], std=[1]), plain(BLUISH))
    assert value == pytest.approx(0.299 * 0.2 + 0.587 * 0.4 + 0.114 * 0.8, abs=0.01)


@pytest.mark.parametrize("shape", [("n", 3, 8, 8), ("n", 8, 8, 3)])
def test_maps_are_pooled_over_their_places(shape: Sequence[int | str | None]) -> None:
    assert vector(features(channel_means(shape=shape, maps=True), **RAW), plain(BLUISH)) == [0.2, 0.4, 0.8]


def test_tokens_are_pooled_over_all_of_them() -> None:
    nodes = [
        helper.make_node("Reshape", ["image", "shape"], ["rows"]),
        helper.make_node("Transpose", ["rows"], ["tokens"], perm=[0, 2, 1]),
    ]
    tokens = model(nodes, ("n", 3, 8, 8), ["tokens"], {"shape": np.array([0, 3, 64], np.int64)})
    assert vector(features(tokens, **RAW), plain(BLUISH)) == [0.2, 0.4, 0.8]


def several_outputs() -> bytes:
    """Whole numbers, a vector of 3, a vector of 1 and maps, in this order."""
    nodes = [
        helper.make_node("ReduceMean", ["image", "axes"], ["channels"], keepdims=0),
        helper.make_node("ReduceMean", ["channels", "one"], ["lightness"], keepdims=1),
        helper.make_node("ArgMax", ["channels"], ["brightest"], axis=1),
        helper.make_node("Neg", ["image"], ["maps"]),
    ]
    constants = {"axes": np.array([2, 3], np.int64), "one": np.array([1], np.int64)}
    types = {"brightest": TensorProto.INT64}
    return model(nodes, ("n", 3, 8, 8), ["brightest", "channels", "lightness", "maps"], constants, types=types)


def test_of_several_outputs_the_last_vector_is_taken_or_the_named_one() -> None:
    content = several_outputs()
    assert vector(features(content, **RAW), plain(BLUISH)) == [pytest.approx(1.4 / 3, abs=0.01)]
    assert vector(features(content, **RAW, output="channels"), plain(BLUISH)) == [0.2, 0.4, 0.8]
    assert vector(features(content, **RAW, output="maps"), plain(BLUISH)) == [-0.2, -0.4, -0.8]


def test_the_middle_of_the_shorter_side_is_seen_or_the_whole_where_the_file_says_so() -> None:
    flag = Image.new("RGB", (300, 100), "black")
    flag.paste("white", (100, 0, 200, 100))
    content = channel_means()
    assert vector(features(content, **RAW), written(flag)) == [1, 1, 1]
    assert vector(features(content, **RAW, crop=1), written(flag)) == pytest.approx([1, 1, 1], abs=0.05)
    assert vector(features(content, **RAW, crop="stretch"), written(flag)) == pytest.approx([1 / 3] * 3, abs=0.01)


def test_a_photograph_is_seen_as_its_camera_was_held() -> None:
    upright = Image.new("RGB", (60, 60), "black")
    upright.paste("white", (0, 0, 60, 30))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    lying = written(upright.rotate(90), "JPEG", exif=exif, quality=95)
    nodes = [helper.make_node("ReduceMean", ["image", "axes"], ["rows"], keepdims=0)]
    rows = model(nodes, ("n", 3, 8, 8), ["rows"], {"axes": np.array([1, 3], np.int64)})
    values = vector(features(rows, **RAW, crop="stretch"), lying)
    assert np.mean(values[:4]) > 0.9
    assert np.mean(values[4:]) < 0.1


@pytest.mark.parametrize(
    ("color", "mode", "expected"),
    [
        (128, "L", [0.5] * 3),
        ((0, 0, 0, 0), "RGBA", [1] * 3),
        ((0, 0, 0, 255), "RGBA", [0] * 3),
        (1, "1", [1] * 3),
        (3, "P", None),
        ((0, 0, 0, 0), "CMYK", [1] * 3),
        (7, "I;16", [0] * 3),
    ],
)
def test_every_color_mode_is_read(color: Any, mode: str, expected: list[float] | None) -> None:
    content = plain(color, mode=mode, format_="TIFF" if mode == "CMYK" else "PNG")
    values = vector(features(channel_means(), **RAW), content)
    assert len(values) == 3
    assert expected is None or values == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("content", [b"", b"no image", plain("red")[:60], "a text"])
def test_what_is_no_image_is_unreadable_by_name(content: Any) -> None:
    with pytest.raises(UnreadableObjectError) as caught:
        features(channel_means()).extract([plain("red"), content])
    assert caught.value.row == 1


def test_a_broken_image_costs_no_other_its_row() -> None:
    extraction = OneByOne(NAME, features(channel_means(), **RAW)).extract([plain(BLUISH), b"no image", plain("white")])
    assert extraction.features is not None
    assert np.round(extraction.features.matrix, 2).tolist() == [pytest.approx([0.2, 0.4, 0.8], abs=0.01), [1, 1, 1]]
    assert list(extraction.unreadable) == [1]
    assert "not a readable image" in extraction.unreadable[1]


def test_an_image_too_large_to_unpack_is_unreadable() -> None:
    huge = plain(0, (12_000, 9_000), mode="1")
    with (
        pytest.raises(UnreadableObjectError, match="more than 100,000,000 pixels"),
        pytest.warns(Image.DecompressionBombWarning),
    ):
        features(channel_means()).extract([huge])


def test_numbers_beyond_half_precision_are_cut() -> None:
    nodes = [
        helper.make_node("ReduceMean", ["image", "axes"], ["means"], keepdims=0),
        helper.make_node("Mul", ["means", "much"], ["features"]),
    ]
    constants = {"axes": np.array([2, 3], np.int64), "much": np.array([1e6, -1e6, np.inf], np.float32)}
    content = model(nodes, ("n", 3, 8, 8), ["features"], constants)
    (row,) = features(content, **RAW).extract([plain("white")]).matrix
    assert row.tolist() == [65504, -65504, 65504]


def wrong_models() -> dict[str, tuple[bytes, dict[str, Any], str]]:
    two = helper.make_graph(
        [helper.make_node("Add", ["image", "other"], ["sum"])],
        "model",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 3, 8, 8)) for name in ("image", "other")],
        [helper.make_tensor_value_info("sum", TensorProto.FLOAT, None)],
    )
    two_inputs = helper.make_model(two, opset_imports=[helper.make_opsetid("", 18)], ir_version=10).SerializeToString()
    flat = model([helper.make_node("Flatten", ["image"], ["features"])], ("n", 3, 64, 64), ["features"])
    whole = model([helper.make_node("ArgMax", ["image"], ["best"])], (1, 3, 8, 8), ["best"], types={"best": 7})
    words = model([helper.make_node("Identity", ["image"], ["same"])], ("n", 77), ["same"])
    return {
        "no model": (b"not an ONNX file", {}, "no ONNX model that can be run"),
        "two inputs": (two_inputs, {}, r"2 inputs \(image, other\)"),
        "an input of words": (words, {}, "of shape .*an image has 4 dimensions"),
        "five channels": (channel_means(shape=(1, 5, 8, 8)), {"layout": "NCHW"}, "5 channels"),
        "no telling layout": (channel_means(shape=(1, 3, 8, 3)), {}, "name the layout in s3://models/harbor.onnx.json"),
        "a huge input": (channel_means(shape=(1, 3, 4000, 4000)), {}, "4000 pixels a side"),
        "whole numbers only": (whole, {}, "none of its outputs"),
        "no such output": (
            several_outputs(),
            {"output": "logits"},
            "no output 'logits'; there are brightest, channels",
        ),
        "too wide": (flat, {}, "12,288 numbers"),
        "another size": (channel_means(), {"size": 224}, "harbor.onnx.json can't be used: size 224 .* 8"),
        "three means for grey": (
            channel_means(shape=(1, 1, 8, 8)),
            {"mean": [0, 0, 0]},
            "mean has 3 numbers for 1 channels",
        ),
        "no deviation": (channel_means(), {"std": [0, 1, 1]}, "harbor.onnx.json can't be used: std"),
        "an unknown key": (channel_means(), {"sizes": 224}, "harbor.onnx.json can't be used: sizes"),
    }


@pytest.mark.parametrize("case", sorted(wrong_models()))
def test_a_model_that_can_not_be_used_is_refused_with_its_name_and_the_reason(case: str) -> None:
    content, settings, message = wrong_models()[case]
    with pytest.raises(FeatureExtractorError, match=message) as caught:
        features(content, **settings)
    assert str(caught.value).startswith(f"ClientError: The feature extractor {NAME}")


def test_a_file_beside_the_model_that_is_no_json_is_named() -> None:
    with pytest.raises(FeatureExtractorError, match=r"harbor\.onnx\.json can't be used: the file"):
        OnnxFeatures(NAME, channel_means(), b"{size: 224}", threads=1)


def test_a_model_of_any_size_takes_the_size_of_the_file_beside_it() -> None:
    nodes = [
        helper.make_node("Shape", ["image"], ["shape"]),
        helper.make_node("Cast", ["shape"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["real", "zero"], ["features"]),
    ]
    content = model(nodes, ("n", 3, None, None), ["features"], {"zero": np.array([0], np.int64)})
    assert vector(features(content), plain("red")) == [1, 3, 224, 224]
    assert vector(features(content, size=96), plain("red")) == [1, 3, 96, 96]
    assert vector(features(content, size=[64, 32]), plain("red")) == [1, 3, 64, 32]
