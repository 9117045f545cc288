from __future__ import annotations

import base64
import io

import pytest
from groundwork.quality.thumbnails import SIDE, Thumbnails, thumbnail
from PIL import Image


def picture(mode, size, kind, **options):
    written = io.BytesIO()
    Image.new(mode, size, options.pop("color", 0)).save(written, kind, **options)
    return written.getvalue()


def opened(address):
    head, _, text = address.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(base64.b64decode(text)))


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("P", "PNG")]
)
def test_pictures_of_every_mode_are_shrunk_and_keep_their_proportions(mode, kind):
    assert opened(thumbnail(picture(mode, (1200, 600), kind))).size == (SIDE, SIDE // 2)


def test_a_small_picture_is_not_blown_up_and_a_turned_one_is_put_upright():
    assert opened(thumbnail(picture("RGB", (8, 6), "PNG"))).size == (8, 6)
    turned = Image.Exif()
    turned[0x0112] = 6
    assert opened(thumbnail(picture("RGB", (80, 60), "JPEG", exif=turned))).size == (60, 80)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", picture("RGB", (60, 60), "PNG")[:60], picture("RGB", (9, 9), "GIF")]
)
def test_what_is_no_readable_picture_has_no_thumbnail(content):
    assert thumbnail(content) is None


def test_a_small_file_that_unpacks_to_very_much_is_left_alone():
    assert thumbnail(picture("1", (20_000, 20_000), "PNG")) is None


def test_objects_that_are_texts_or_can_not_be_read_have_none():
    def refuse(uri):
        raise PermissionError(uri)

    assert Thumbnails(refuse).find({"content": "words"}) is None
    assert Thumbnails(refuse).find({"s3Uri": "s3://harbor-in/notes.txt"}) is None
    assert Thumbnails(refuse).find({"s3Uri": "s3://harbor-in/a.jpg"}) is None
    assert Thumbnails(lambda uri: None).find({"s3Uri": "s3://harbor-in/a.jpg"}) is None
    assert Thumbnails(lambda uri: picture("L", (4, 4), "PNG")).find({"s3Uri": "s3://harbor-in/a.PNG"})
