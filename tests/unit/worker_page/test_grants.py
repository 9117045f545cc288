from __future__ import annotations

import pytest
from groundwork.job.s3_uri import S3Uri
from groundwork.worker_page.liquid import compile_template
from groundwork.worker_page.s3_address import s3_address

from tests.unit.worker_page.parsed import document, rendered, signed


@pytest.mark.parametrize(
    ("address", "bucket", "key"),
    [
        ("s3://photos/2026/a b.png", "photos", "2026/a b.png"),
        ("s3://photos/100%25.png", "photos", "100%25.png"),
        ("  s3://photos/a.png\n", "photos", "a.png"),
        ("https://s3.amazonaws.com/photos/a.png", "photos", "a.png"),
        ("http://s3.amazonaws.com/photos/a.png", "photos", "a.png"),
        ("https://s3.eu-central-1.amazonaws.com/photos/a%20b.png", "photos", "a b.png"),
        ("https://s3-us-west-2.amazonaws.com/photos/dir/a.png", "photos", "dir/a.png"),
        ("https://s3.dualstack.us-gov-west-1.amazonaws.com/photos/a.png", "photos", "a.png"),
        ("https://s3.cn-north-1.amazonaws.com.cn/photos/a.png", "photos", "a.png"),
        ("https://photos.s3.amazonaws.com/a.png", "photos", "a.png"),
        ("https://my.photos.s3.eu-central-1.amazonaws.com/dir/a.png", "my.photos", "dir/a.png"),
        ("https://photos.s3-eu-west-1.amazonaws.com/a.png?X-Amz-Signature=old", "photos", "a.png"),
        ("https://s3-photos.s3.amazonaws.com/a.png", "s3-photos", "a.png"),
    ],
)
def test_every_spelling_of_an_s3_address_is_understood(address: str, bucket: str, key: str) -> None:
    assert s3_address(address) == S3Uri(bucket, key)


@pytest.mark.parametrize(
    "address",
    ["", "photos/a.png", "s3://photos", "s3://photos/", "s3:///a.png", "https://example.com/a.png",
     "https://s3.amazonaws.com.evil.example/photos/a.png", "https://evils3.amazonaws.com/photos/a.png",
     "https://s3.amazonaws.com/photos", "https://photos.s3.amazonaws.com/", "http://[bad/x", "ftp://s3.amazonaws.com/b/k"],
)  # fmt: skip
def test_anything_else_is_no_s3_address(address: str) -> None:
    assert s3_address(address) is None


def test_an_address_that_is_not_of_s3_stays_with_a_warning() -> None:
    page = rendered("{{ 'https://example.com/a.png' | grant_read_access }}{{ task.input.none | s3_presign }}")
    assert page.html == "https://example.com/a.png"
    assert page.granted == {}
    assert len(page.warnings) == 2


def test_each_object_is_granted_once_by_its_s3_address() -> None:
    asked: list[S3Uri] = []

    def grant(uri: S3Uri) -> str:
        asked.append(uri)
        return signed(uri)

    source = "{{ 's3://b/k' | grant_read_access }}{{ 'https://b.s3.amazonaws.com/k' | s3_presign }}"
    page = compile_template(source).render({}, grant)
    assert asked == [S3Uri("b", "k")]
    assert page.granted == {"s3://b/k": signed(S3Uri("b", "k"))}


def test_a_captured_address_is_granted_by_its_unescaped_text() -> None:
    source = (
        '{% capture u %}\n  s3://photos/{{ task.input.name }}\n{% endcapture %}<img src="{{ u | grant_read_access }}">'
    )
    page = rendered(source, name="tom & jerry.png")
    assert list(page.granted) == ["s3://photos/tom & jerry.png"]
    shown = document(source, name="tom & jerry.png").attribute("img", "src")
    assert shown == page.granted["s3://photos/tom & jerry.png"]
