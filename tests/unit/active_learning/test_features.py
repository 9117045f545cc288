from __future__ import annotations

import io

import numpy as np
import pytest
from groundwork.active_learning.feature_extraction.image_features import ImageFeatures
from groundwork.active_learning.feature_extraction.text_features import TextFeatures
from groundwork.active_learning.features import Features, UnreadableObjectError
from groundwork.active_learning.representation import represent
from PIL import Image

TEXTS = ["The card did not arrive", "card declined at the shop", "", "Größe 42, bitte!", "在哪里可以买到", "x" * 10_000]


def image(mode="RGB", size=(60, 40), file_format="PNG", seed=0):
    values = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 4), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(values, "RGBA").convert("RGB").convert(mode).save(file, file_format)
    return file.getvalue()


def same(one, other):
    return (one.matrix != other.matrix).sum() == 0


def test_texts_in_shards_are_texts_at_once():
    extractor = TextFeatures()
    shards = Features.stack([extractor.extract(TEXTS[:2]), extractor.extract(TEXTS[2:]), extractor.extract([])])
    assert same(shards, extractor.extract(TEXTS))
    assert shards.matrix[2].nnz == 0


def test_texts_differ_by_words_and_not_by_capitals():
    rows = TextFeatures().extract(["Card lost", "card lost", "card stolen"]).matrix.toarray().astype(int)
    assert (rows[0] == rows[1]).all()
    assert (rows[0] != rows[2]).any()


@pytest.mark.parametrize("extracted", [TextFeatures().extract(TEXTS), ImageFeatures().extract([image(), image("L")])])
def test_what_is_written_is_read(extracted):
    read = Features.from_bytes(extracted.to_bytes())
    assert same(read, extracted)
    assert read.lots is None
    represented = represent(extracted)
    again = Features.from_bytes(represented.to_bytes())
    assert (again.lots == represented.lots).all()
    assert represent(again) is again


def test_shards_of_different_extractors_are_not_stacked():
    with pytest.raises(ValueError, match="different extractors"):
        Features.stack([TextFeatures().extract(["a"]), ImageFeatures().extract([image()])])
    with pytest.raises(ValueError, match="no shards"):
        Features.stack([])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I", "CMYK"])
def test_images_of_every_mode_have_features(mode):
    file_format = "TIFF" if mode in {"CMYK", "I"} else "PNG"
    rows = ImageFeatures().extract([image(mode, size, file_format) for size in ((1, 1), (60, 40), (300, 7))])
    assert rows.matrix.shape == (3, 484)
    assert rows.matrix.dtype == np.float16
    assert np.isfinite(rows.matrix).all()


def test_a_large_and_a_small_copy_of_an_image_are_alike():
    drawing = Image.fromarray(np.add.outer(np.arange(240), np.arange(240)).astype(np.uint8) // 2)
    files = []
    for side in (240, 120):
        file = io.BytesIO()
        drawing.resize((side, side)).save(file, "JPEG", quality=95)
        files.append(file.getvalue())
    large, small = ImageFeatures().extract(files).matrix.astype(float)
    other = ImageFeatures().extract([image()]).matrix[0].astype(float)
    assert np.abs(large - small).sum() < 0.2 * np.abs(large - other).sum()


@pytest.mark.parametrize("content", [b"", b"no image", image()[:60], image(file_format="JPEG")[:100]])
def test_a_damaged_image_is_named(content):
    with pytest.raises(UnreadableObjectError, match="data object 1: not a readable image") as caught:
        ImageFeatures().extract([image(), content])
    assert caught.value.row == 1


def test_no_images_have_no_rows():
    assert ImageFeatures().extract([]).matrix.shape == (0, 484)


@pytest.mark.parametrize("rows", [["", ""], ["a"], ["same text"] * 5])
def test_texts_that_tell_nothing_are_represented_all_the_same(rows):
    assert np.isfinite(represent(TextFeatures().extract(rows)).matrix).all()


def test_the_representation_does_not_hang_on_the_order_of_rows():
    features = Features(np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32))
    order = np.random.default_rng(1).permutation(50)
    moved = represent(Features(features.matrix[order]))
    assert (moved.matrix == represent(features).matrix[order]).all()
