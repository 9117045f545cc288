"""Images of every kind become upright red, green and blue, near the size that is needed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from groundwork.active_learning.feature_extraction.image_decoding import UnreadableImageError, decoded
from PIL import Image

from tests.unit.active_learning.pictures import plain, written


def halves(size: tuple[int, int], left: Any, right: Any, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "BMP", "TIFF"])
def test_a_large_image_is_brought_near_to_what_is_needed(format_: str) -> None:
    image = decoded(written(halves((1600, 1200), "black", "white"), format_), side=100)
    assert 100 <= min(image.size) < 400
    assert image.width * 3 == pytest.approx(image.height * 4, rel=0.03)
    colors = np.asarray(image)
    assert colors[:, : image.width // 2 - 2].max() < 10
    assert colors[:, image.width // 2 + 2 :].min() > 245


def test_a_small_image_stays_as_it_is() -> None:
    assert decoded(plain("red", (40, 30)), side=100).size == (40, 30)


def test_what_is_transparent_becomes_white_in_a_large_image_too() -> None:
    content = written(halves((800, 800), (255, 0, 0, 255), (0, 0, 0, 0), "RGBA"))
    colors = np.asarray(decoded(content, side=100))
    assert colors[0, 0].tolist() == [255, 0, 0]
    assert colors[0, -1].tolist() == [255, 255, 255]


@pytest.mark.parametrize("size", [(20, 10), (2000, 1000)])
def test_deep_grey_is_stretched_to_eight_bits(size: tuple[int, int]) -> None:
    values = np.full(size[::-1], 1000, np.uint16)
    values[:, size[0] // 2 :] = 3000
    colors = np.asarray(decoded(written(Image.fromarray(values)), side=100))
    assert colors[0, 0].tolist() == [0, 0, 0]
    assert colors[0, -1].tolist() == [255, 255, 255]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_a_camera_is_undone(orientation: int) -> None:
    undo = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}
    upright = Image.new("RGB", (60, 40), "black")
    upright.paste("white", (0, 0, 15, 10))
    turned = upright
    for turn in undo.get(orientation, []):
        turned = turned.transpose(Image.Transpose(turn))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = decoded(written(turned, "PNG", exif=exif), side=40)
    assert image.size == (60, 40)
    assert np.asarray(image)[:10, :15].min() == 255
    assert np.asarray(image).mean() < 30


@pytest.mark.parametrize("format_", ["EPS", "PPM", "ICO"])
def test_formats_that_nobody_labels_are_not_opened(format_: str) -> None:
    with pytest.raises(UnreadableImageError, match="not a readable image"):
        decoded(plain("red", format_=format_), side=100)


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_damaged_file_is_unreadable(cut: int) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (50, 50, 3), np.uint8))
    with pytest.raises(UnreadableImageError):
        decoded(written(noise)[:cut], side=100)
