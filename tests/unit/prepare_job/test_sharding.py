from __future__ import annotations

import json

import pytest
from groundwork.prepare_job.lines import BOM, LineRules
from groundwork.prepare_job.sharding import (
    MOST_PROBLEMS,
    ManifestSummary,
    Shard,
    ShardMismatchError,
    read_shard,
    shard_size,
    summarize,
)
from hypothesis import given, settings
from hypothesis import strategies as st

URI = "s3://harbor-in/day1.manifest"
RULES = LineRules(("source-ref", "source"), frozenset({"harbor-in"}))


def judge(content: bytes, size: int = 50) -> ManifestSummary:
    return summarize([content], RULES, size, URI)


texts = st.text(max_size=30) | st.text(alphabet="船ä🚢", min_size=1, max_size=10)


@settings(deadline=None)
@given(
    sources=st.lists(texts, min_size=1, max_size=40),
    breaks=st.lists(st.sampled_from([b"\n", b"\r\n"]), min_size=40, max_size=40),
    end=st.sampled_from([b"", b"\n", b"\r\n", b"\n\n", b"\n \r\n\r\n"]),
    bom=st.booleans(),
    ascii_only=st.booleans(),
    size=st.integers(1, 12),
    piece=st.integers(1, 60),
)
def test_every_line_is_in_exactly_one_shard_and_its_bytes_give_it_back(
    *, sources: list[str], breaks: list[bytes], end: bytes, bom: bool, ascii_only: bool, size: int, piece: int
) -> None:
    lines = [
        json.dumps({"source": source.encode("utf-8", "replace").decode()}, ensure_ascii=ascii_only).encode()
        for source in sources
    ]
    content = BOM * bom + b"".join(raw + stop for raw, stop in zip(lines[:-1], breaks, strict=False)) + lines[-1] + end
    pieces = [content[place : place + piece] for place in range(0, len(content), piece)]
    summary = summarize(pieces, RULES, size, URI)
    assert summary.problems == ()
    assert (summary.objects, summary.failed) == (len(lines), 0)
    given_back = [found for shard in summary.shards for found in read_shard(shard, content[shard.start : shard.end])]
    assert given_back == list(enumerate(lines))
    assert [shard.shard for shard in summary.shards] == list(range(len(summary.shards)))
    assert all(shard.count == size for shard in summary.shards[:-1])
    ends = [len(BOM) * bom, *(shard.end for shard in summary.shards)]
    assert [shard.start for shard in summary.shards] == ends[:-1]


def test_failed_objects_are_counted_and_do_not_hinder_the_job() -> None:
    summary = judge(b'{"source": "a"}\n{"text": "b"}\n{"source": "c", "$d": 1}\n')
    assert (summary.objects, summary.failed, summary.problems) == (3, 2, ())
    assert summary.shards == (Shard(shard=0, first=0, count=3, start=0, end=55),)


def test_refused_lines_are_numbered_from_one_and_leave_no_shards() -> None:
    summary = judge(b'{"source": "a"}\n\n{"source": \n{"source": "d"}\n\n')
    assert [(problem.line, problem.path) for problem in summary.problems] == [(2, URI), (3, URI)]
    assert summary.problems[0].message == "an empty line"
    assert summary.objects == 4
    assert summary.shards == ()


def test_after_a_thousand_problems_the_rest_is_counted() -> None:
    summary = judge(b"no json\n" * (MOST_PROBLEMS + 234))
    assert len(summary.problems) == MOST_PROBLEMS + 1
    assert summary.problems[-2].line == MOST_PROBLEMS
    assert summary.problems[-1].line is None
    assert summary.problems[-1].message == "234 more lines have problems"


@pytest.mark.parametrize("content", [b"", b"\n\r\n \n", BOM])
def test_a_manifest_without_data_objects_is_a_problem(content: bytes) -> None:
    summary = judge(content)
    assert [problem.message for problem in summary.problems] == ["the manifest holds no data object"]


def test_the_shard_list_has_the_documented_shape() -> None:
    summary = judge(b'{"source": "a"}\n{"source": "b"}\n{"source": "c"}', size=2)
    assert json.loads(summary.shard_list.model_dump_json()) == {
        "objects": 3,
        "shards": [
            {"shard": 0, "first": 0, "count": 2, "start": 0, "end": 32},
            {"shard": 1, "first": 2, "count": 1, "start": 32, "end": 47},
        ],
    }


def test_bytes_of_another_manifest_are_refused() -> None:
    shard = Shard(shard=4, first=200, count=2, start=0, end=10)
    with pytest.raises(ShardMismatchError, match="shard 4 has 2 lines, its bytes hold 1"):
        read_shard(shard, b'{"source": "a"}\n')


@pytest.mark.parametrize(
    ("max_concurrent", "has_pre_function", "expected"),
    [(1, True, 50), (50, True, 50), (200, True, 200), (5000, True, 500), (1, False, 500), (1000, False, 500)],
)
def test_shards_follow_the_window_only_for_a_customers_function(
    max_concurrent: int, has_pre_function: bool, expected: int
) -> None:
    assert shard_size(max_concurrent, has_pre_function) == expected
