from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from groundwork.prepare_job.lines import (
    BOM,
    LARGEST_LINE_READ,
    FailedLine,
    LineRules,
    ManifestLine,
    RefusedLine,
    check_line,
    read_lines,
)
from groundwork.task_types import registry
from hypothesis import given, settings
from hypothesis import strategies as st

IMAGES = LineRules(("source-ref",), frozenset({"harbor-in", "groundwork-jobs"}), (".jpg", ".jpeg", ".png"))
TEXTS = LineRules(("source",), frozenset({"harbor-in"}))
CUSTOM = LineRules(("source-ref", "source"), frozenset({"harbor-in"}))


def cut(content: bytes, sizes: list[int]) -> Iterator[bytes]:
    """Cut content into pieces of the given sizes, and what is left into one."""
    for size in sizes:
        yield content[:size]
        content = content[size:]
    yield content


def line(**attributes: object) -> bytes:
    return json.dumps(
        {name.replace("_", "-"): value for name, value in attributes.items()}, ensure_ascii=False
    ).encode()


def failure(raw: bytes, rules: LineRules = CUSTOM) -> str:
    verdict = check_line(raw, rules)
    assert isinstance(verdict, FailedLine), verdict
    assert verdict.reason.startswith("ClientError: ")
    assert verdict.data == json.loads(raw)
    return verdict.reason


def refusal(raw: bytes | None, rules: LineRules = CUSTOM) -> RefusedLine:
    verdict = check_line(raw, rules)
    assert isinstance(verdict, RefusedLine), verdict
    return verdict


line_bytes = st.text(alphabet=st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=40).map(str.encode)


@settings(deadline=None)
@given(
    lines=st.lists(st.tuples(line_bytes, st.sampled_from([b"\n", b"\r\n"])), max_size=20),
    last_break=st.booleans(),
    bom=st.booleans(),
    sizes=st.lists(st.integers(0, 30), max_size=40),
)
def test_lines_are_found_wherever_the_stream_is_cut(
    lines: list[tuple[bytes, bytes]], last_break: bool, bom: bool, sizes: list[int]
) -> None:
    content = b"".join(raw + line_break for raw, line_break in lines)
    if lines and not last_break:
        content = content[: -len(lines[-1][1])]
    expected = [raw for raw, _ in lines]
    if lines and not last_break and not expected[-1]:
        expected.pop()
    if not bom and content.startswith(BOM):
        return
    content = BOM * bom + content
    found = list(read_lines(cut(content, sizes)))
    assert [part.raw for part in found] == expected
    place = len(BOM) * bom
    for part, raw in zip(found, expected, strict=True):
        assert part.start == place
        assert content[part.start : part.end].rstrip(b"\r\n") == raw.rstrip(b"\r")
        place = part.end
    assert place == len(content) or not expected


def test_a_multi_byte_character_may_be_cut_in_the_stream() -> None:
    content = '{"source":"Fähre 船"}\n'.encode()
    for place in range(len(content)):
        (found,) = read_lines([content[:place], content[place:]])
        assert found == ManifestLine(0, len(content), content[:-1])


def test_a_line_too_long_to_be_held_is_passed_on_without_its_bytes() -> None:
    piece = b"x" * 1_000_000
    chunks = [b'{"source":"a"}\n', *[piece] * 5, b"\n", b'{"source":"b"}']
    found = list(read_lines(chunks))
    assert [part.raw for part in found] == [b'{"source":"a"}', None, b'{"source":"b"}']
    assert found[1] == ManifestLine(15, 5_000_016, None)
    assert refusal(found[1].raw).message == f"longer than {LARGEST_LINE_READ} bytes"


def test_a_line_of_any_length_is_read_in_flat_memory() -> None:
    tracemalloc.start()
    try:
        (found,) = read_lines(bytes(1_000_000) for _ in range(64))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == ManifestLine(0, 64_000_000, None)
    assert peak < 4 * LARGEST_LINE_READ


def test_only_the_line_break_is_taken_off_a_line() -> None:
    (found,) = read_lines([b'{"source":"a"}\r\r\n'])
    assert found.raw == b'{"source":"a"}\r'


def test_a_sound_line_is_the_data_object() -> None:
    raw = line(source_ref="s3://harbor-in/pier/001.JPG", berth="A4", tide={"level": [1.5, None]})
    assert check_line(raw, IMAGES) == json.loads(raw)
    assert check_line('{"source": "Fähre"}'.encode(), TEXTS) == {"source": "Fähre"}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"source-ref": "s3://harbor-in/1.jpg"', "not JSON: Expecting ',' delimiter at column 38"),
        (b"{'source': 'a'}", "not JSON"),
        (b'{"source": "a"} {"source": "b"}', "not JSON: Extra data at column 17"),
        (b'{"source": "a"}\r{"source": "b"}', "not JSON"),
        (b'{"source": "a", "score": NaN}', "NaN is no JSON value"),
        (b'{"source": "a", "score": -Infinity}', "-Infinity is no JSON value"),
        (b'{"source": "a", "score": [-1e999]}', "-1e999 is larger than a number can be"),
        (b'{"source": "a\tb"}', "not JSON"),
        (b'{"source": "\xff"}', "not UTF-8: byte 0xff at position 13"),
        (b'{"source": "\xed\xa0\x80"}', "not UTF-8"),
        (b"[1]", "JSON, but no object"),
        (b'"s3://harbor-in/1.jpg"', "JSON, but no object"),
        (b"", "an empty line"),
        (b"  \t", "an empty line"),
        (b"[" * 50_000, "not JSON"),
        (b'{"source": "a", "n": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
    ],
)
def test_a_line_that_is_no_json_object_is_refused(raw: bytes, words: str) -> None:
    found = refusal(raw)
    assert words in found.message
    problem = found.problem("s3://harbor-in/day1.manifest", 7)
    assert (problem.path, problem.line) == ("s3://harbor-in/day1.manifest", 7)


def test_a_data_object_in_a_bucket_that_is_not_allowed_is_refused_with_the_setting() -> None:
    found = refusal(line(source_ref="s3://elsewhere/1.jpg"), IMAGES)
    assert "'elsewhere'" in found.message
    assert "dataBuckets" in found.expected


@pytest.mark.parametrize(
    ("raw", "rules", "words"),
    [
        (line(berth="A4"), IMAGES, "no data object; source-ref is needed"),
        (line(source="a", source_ref="s3://harbor-in/1.jpg"), CUSTOM, "both source and source-ref"),
        (line(source="a"), IMAGES, "takes no source;"),
        (line(source_ref="s3://harbor-in/1.txt"), TEXTS, "takes no source-ref"),
        (line(source=7), TEXTS, "source is not a text"),
        (line(source_ref=None), IMAGES, "not an S3 address"),
        (line(source_ref="https://harbor-in/1.jpg"), IMAGES, "not an S3 address"),
        (line(source_ref="s3://harbor-in"), IMAGES, "not an S3 address"),
        (line(source_ref="s3:///1.jpg"), IMAGES, "not an S3 address"),
        (line(source_ref="s3://harbor-in/1.gif"), IMAGES, "does not end in .jpg, .jpeg, .png"),
        (b'{"source": "a", "$id": 1}', CUSTOM, "'$id' begins with $"),
        (b'{"source": "a", "\\u0024id": 1}', CUSTOM, "'$id' begins with $"),
        (b'{"source": "half \\ud83d"}', CUSTOM, "half a character"),
    ],
)
def test_a_line_without_a_sound_data_object_fails_the_object(raw: bytes, rules: LineRules, words: str) -> None:
    assert words in failure(raw, rules)


def test_the_rules_of_lines_come_from_the_task_type() -> None:
    rules = LineRules.of(registry.get("ImageMultiClass"), ["harbor-in", "groundwork-jobs"])
    assert rules == IMAGES


def test_a_whole_character_written_as_two_escapes_is_sound() -> None:
    assert check_line(b'{"source": "boat \\ud83d\\udea2"}', TEXTS) == {"source": "boat \U0001f6a2"}


def test_a_dollar_inside_values_is_no_reserved_name() -> None:
    raw = line(source="costs $5", price={"$usd": 5})
    assert check_line(raw, TEXTS) == json.loads(raw)


def test_a_line_may_have_100_000_characters_and_no_more() -> None:
    frame = line(source="a", **{f"part{number}": "ä" * 19_900 for number in range(5)})
    text = json.dumps(json.loads(frame), ensure_ascii=False)
    longest = text.replace("}", " " * (100_000 - len(text)) + "}").encode()
    assert len(longest.decode()) == 100_000
    assert check_line(longest, CUSTOM) == json.loads(longest)
    assert "100001 characters" in failure(longest.replace(b"}", b" }"))


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("a" * 20_000, True),
        ("a" * 20_001, False),
        ("\n" * 20_000, True),
        ([1] * 9_999, True),
        ([1] * 10_000, False),
        ({"key": "船" * 19_990}, True),
        ({"key": "船" * 19_991}, False),
    ],
)
def test_an_attribute_may_have_20_000_characters_and_no_more(value: object, sound: bool) -> None:
    raw = line(source="a", extra=value)
    if sound:
        assert check_line(raw, CUSTOM) == json.loads(raw)
    else:
        assert "The attribute 'extra' has 200" in failure(raw)


def test_the_source_text_is_bound_by_the_limit_of_attributes() -> None:
    assert "'source' has 20001 characters" in failure(line(source="a" * 20_001), TEXTS)


def test_what_an_earlier_job_wrote_may_be_longer() -> None:
    boxes = {"annotations": [{"left": 1, "top": 2}] * 2000}
    raw = line(source_ref="s3://harbor-in/1.jpg", boxes=boxes, boxes_metadata={"objects": [{"confidence": 0.5}] * 2000})
    assert check_line(raw, CUSTOM) == json.loads(raw)
    assert "'boxes' has" in failure(line(source_ref="s3://harbor-in/1.jpg", boxes=boxes))
    assert "'source' has" in failure(line(source="a" * 20_001, source_metadata={}))
    assert "'notes-metadata' has" in failure(line(source="a", notes_metadata=boxes))


def test_of_a_key_that_stands_twice_the_last_one_counts() -> None:
    assert check_line(b'{"source": "first", "source": "second"}', TEXTS) == {"source": "second"}
