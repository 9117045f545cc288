"""S3 as the place of what must not be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from groundwork.aws.object_errors import ObjectChangedError, ObjectMissingError
from groundwork.aws.object_store import ObjectStore
from groundwork.job.s3_uri import S3Uri

from tests.aws.account import OUT, Account, client

URI = S3Uri(OUT, "pier/some file+ü.json")


def test_an_object_is_written_once_and_the_first_one_stays(account: Account) -> None:
    assert account.store.write_new(URI, b"first")
    assert not account.store.write_new(URI, b"second")
    assert account.store.read(URI) == b"first"


class Busy:
    """Says for some calls that another conditional write of the key is under way."""

    def __init__(self, conflicts: int) -> None:
        self.conflicts = conflicts

    def put_object(self, **arguments: Any) -> Any:
        if self.conflicts:
            self.conflicts -= 1
            status: Any = {
                "Error": {"Code": "ConditionalRequestConflict", "Message": "conflict"},
                "ResponseMetadata": {"HTTPStatusCode": 409},
            }
            raise ClientError(status, "PutObject")
        return client("s3").put_object(**arguments)


def test_a_write_that_met_another_one_is_repeated_because_that_one_may_have_failed(account: Account) -> None:
    busy: Any = Busy(2)
    assert ObjectStore(busy).write_new(URI, b"first")
    assert account.store.read(URI) == b"first"


def test_a_write_that_never_gets_through_is_an_error_and_not_taken_for_stored(account: Account) -> None:
    busy: Any = Busy(1_000)
    with pytest.raises(ClientError):
        ObjectStore(busy).write_new(URI, b"first")


def test_a_range_leaves_out_its_end(account: Account) -> None:
    account.store.write(URI, b"0123456789")
    assert account.store.read(URI, start=2, end=5) == b"234"
    assert account.store.read(URI, start=2, end=2) == b""
    assert account.store.read(URI, start=8, end=100) == b"89"


class Unranged:
    """Answers a range with the whole object, as a server may."""

    def get_object(self, **arguments: Any) -> Any:
        arguments.pop("Range", None)
        return client("s3").get_object(**arguments)


def test_a_range_that_is_answered_with_the_whole_is_cut_out_of_it(account: Account) -> None:
    account.store.write(URI, b"0123456789")
    whole: Any = Unranged()
    assert ObjectStore(whole).read(URI, start=2, end=5) == b"234"
    assert ObjectStore(whole).read(URI) == b"0123456789"


def test_an_object_that_was_overwritten_is_not_read_as_the_old_one(account: Account) -> None:
    account.store.write(URI, b"old")
    pin = account.store.head(URI)
    assert account.store.read(URI, pin=pin) == b"old"
    assert b"".join(account.store.chunks(URI, pin=pin)) == b"old"
    account.store.write(URI, b"new")
    with pytest.raises(ObjectChangedError, match="overwritten"):
        account.store.read(URI, pin=pin)
    with pytest.raises(ObjectChangedError):
        next(account.store.chunks(URI, pin=pin))


def test_what_is_missing_is_named(account: Account) -> None:
    for call in (account.store.head, account.store.read, account.store.read_json, lambda uri: next(store_chunks(uri))):
        with pytest.raises(ObjectMissingError, match="pier/some file"):
            call(URI)
    assert account.store.find_json(URI) is None
    account.store.delete(URI)


def store_chunks(uri: S3Uri) -> Iterator[bytes]:
    return ObjectStore(client("s3")).chunks(uri)


def test_a_pinned_version_is_read_after_an_overwrite_where_versions_are_kept(account: Account) -> None:
    account.s3.put_bucket_versioning(Bucket=URI.bucket, VersioningConfiguration={"Status": "Enabled"})
    account.store.write(URI, b"old")
    pin = account.store.head(URI)
    account.store.write(URI, b"new")
    assert account.store.read(URI, pin=pin) == b"old"
    assert account.store.read(URI, start=1, end=2, pin=pin) == b"l"
    assert b"".join(account.store.chunks(URI, pin=pin)) == b"old"


def test_a_head_tells_etag_size_and_version(account: Account) -> None:
    account.store.write(URI, b"abc")
    head = account.store.head(URI)
    assert (head.size, head.version_id) == (3, None)
    account.s3.put_bucket_versioning(Bucket=OUT, VersioningConfiguration={"Status": "Enabled"})
    account.store.write(URI, b"abcd")
    assert account.store.head(URI).version_id


def test_an_object_is_streamed_in_pieces(account: Account) -> None:
    account.store.write(URI, b"x" * 2_500)
    assert [len(chunk) for chunk in account.store.chunks(URI, size=1_000)] == [1_000, 1_000, 500]


@pytest.mark.parametrize("size", [0, 1, 5 * 1024 * 1024, 11 * 1024 * 1024])
def test_a_stream_of_any_size_becomes_one_object(account: Account, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr("groundwork.aws.upload_parts.PART_BYTES", 5 * 1024 * 1024)
    pieces = (b"x" * min(1_000_000, size - start) for start in range(0, size, 1_000_000))
    account.store.write_stream(URI, pieces, "application/x-ndjson")
    assert account.store.head(URI).size == size
    assert account.s3.head_object(Bucket=OUT, Key=URI.key)["ContentType"] == "application/x-ndjson"


def test_a_stream_that_breaks_off_leaves_the_old_object_and_no_upload(account: Account) -> None:
    account.store.write(URI, b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise TimeoutError

    with pytest.raises(TimeoutError):
        account.store.write_stream(URI, pieces(), "text/plain")
    assert account.store.read(URI) == b"old"
    assert "Uploads" not in account.s3.list_multipart_uploads(Bucket=OUT)


def test_many_objects_are_read_in_the_order_asked_for(account: Account) -> None:
    uris = [S3Uri(OUT, f"many/{number}") for number in range(30)]
    account.store.write_many((uri, uri.key.encode()) for uri in uris)
    assert account.store.read_many(reversed(uris)) == [uri.key.encode() for uri in reversed(uris)]
    assert sorted(account.store.keys(S3Uri(OUT, "many/"))) == sorted(uri.key for uri in uris)
    account.store.delete_all(S3Uri(OUT, "many/1"))
    assert len(list(account.store.keys(S3Uri(OUT, "many/")))) == 19


def test_a_copy_is_the_same(account: Account) -> None:
    account.store.write(URI, b"abc")
    account.store.copy(URI, S3Uri(OUT, "copy"))
    assert account.store.read(S3Uri(OUT, "copy")) == b"abc"


def test_a_jobs_own_key_encrypts_all_that_is_written(account: Account) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    store = account.store.encrypted_with(key)
    assert account.store.encrypted_with(None) is account.store
    store.write(URI, b"a")
    store.write_new(S3Uri(OUT, "new"), b"b")
    store.write_stream(S3Uri(OUT, "stream"), [b"c"], "text/plain")
    store.copy(URI, S3Uri(OUT, "copy"))
    for name in (URI.key, "new", "stream", "copy"):
        head = account.s3.head_object(Bucket=OUT, Key=name)
        assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", key)
