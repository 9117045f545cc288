from __future__ import annotations

from pathlib import Path

import pytest

from local.bench.bench_data import SETTING, NoDataError
from local.bench.quality_spans import compare, consolidated, of_count, of_share
from local.bench.span_data import NAME, SpanData, read_span_data
from local.bench.span_quality import SpanQuality, average, judge, paired

DATA = SpanData(
    [20, 10],
    [{"a": [(0, 10)], "b": [(0, 8), (12, 16)], "c": [(2, 10), (12, 16)]}, {"a": [(1, 2)], "b": [(1, 2), (4, 6)]}],
    [[(0, 10), (12, 16)], [(1, 2)]],
)


def test_characters_and_spans_are_judged_over_all_texts() -> None:
    quality = judge([[(0, 8)], [(1, 2), (4, 6)]], DATA.truth, DATA.lengths)

    assert quality == SpanQuality(precision=9 / 11, recall=9 / 15, characters=18 / 26, found=4 / 6, exact=2 / 6)
    assert average([quality, judge(DATA.truth, DATA.truth, DATA.lengths)]).characters == pytest.approx(
        (18 / 26 + 1) / 2
    )


def test_each_span_is_in_one_pair() -> None:
    assert paired([(0, 10), (0, 9)], [(0, 10)]) == 1
    assert paired([(0, 4)], [(0, 10)]) == 0


def test_character_votes_count_workers_or_their_share() -> None:
    assert of_count(2, DATA) == [[(0, 10), (12, 16)], [(1, 2)]]
    assert of_count(3, DATA) == [[(2, 8)], [(1, 2)]]
    assert of_share(0.5, DATA) == [[(0, 10), (12, 16)], [(1, 2), (4, 6)]]
    assert of_share(0.0, DATA) == [[(0, 10), (12, 16)], [(1, 2), (4, 6)]]


def test_a_subset_is_the_same_each_time_and_keeps_texts_with_fewer_workers() -> None:
    subset = DATA.subset(2, 1)

    assert subset == DATA.subset(2, 1)
    assert [len(by_worker) for by_worker in subset.marks] == [2, 2]
    assert {tuple(DATA.subset(2, seed).marks[0]) for seed in range(20)} == {("a", "b"), ("a", "c"), ("b", "c")}


def test_the_ways_of_consolidation_stand_beside_every_threshold() -> None:
    rows = [row[0] for row in compare(DATA, None).rows]

    assert rows[:3] == [f"characters of {least} or more" for least in (1, 2, 3)]
    assert rows[-2:] == ["ground-truth", "default"]
    assert consolidated("default", DATA)[0] == [(0, 10), (12, 16)]


def test_the_data_lie_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    with pytest.raises(NoDataError, match=f"{SETTING} must name a folder"):
        read_span_data()
    monkeypatch.setenv(SETTING, str(tmp_path))
    with pytest.raises(NoDataError, match=r"has no labels\.csv, truth\.csv, lengths\.csv"):
        read_span_data()
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "labels.csv").write_text("task,worker,start,end\n7,a,0,3\n7,a,5,6\n9,b,1,2\n")
    (folder / "truth.csv").write_text("task,start,end\n7,,\n9,1,2\n")
    (folder / "lengths.csv").write_text("task,chars\n7,9\n9,4\n")
    assert read_span_data() == SpanData([9, 4], [{"a": [(0, 3), (5, 6)]}, {"b": [(1, 2)]}], [[], [(1, 2)]])
