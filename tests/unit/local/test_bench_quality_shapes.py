from __future__ import annotations

from pathlib import Path

import pytest

from local.bench.bench_data import SETTING, NoDataError
from local.bench.box_data import NAME, BoxData, read_box_data
from local.bench.box_quality import BoxQuality, judge, judge_all
from local.bench.quality_shapes import compare, consolidated, simple_clusters

CSV = {
    "assignments.csv": "task,worker\n1,a\n1,b\n1,c\n2,a\n2,b\n2,c\n",
    "labels.csv": "task,worker,left,top,width,height\n1,a,10,10,40,80\n1,b,11,10,40,80\n"
    "1,b,0,0,0.5,9\n1,c,10,12,40,80\n",
    "images.csv": "task,width,height\n1,200,100\n2,200,100\n",
    "truth.csv": "task,left,top,width,height\n1,10,10,40,80\n",
    "truth_tasks.csv": "task,boxes\n1,1\n2,0\n",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BoxData:
    (tmp_path / NAME).mkdir()
    for name, content in CSV.items():
        (tmp_path / NAME / name).write_text(content)
    monkeypatch.setenv(SETTING, str(tmp_path))
    return read_box_data()


def test_whoever_drew_nothing_is_known_and_boxes_that_nobody_can_submit_are_left_out(data: BoxData) -> None:
    assert data.drawn[2] == {"a": (), "b": (), "c": ()}
    assert data.drawn[1]["b"] == ((11, 10, 40, 80),)
    assert data.truth == {1: ((10, 10, 40, 80),), 2: ()}


@pytest.mark.parametrize("folder", [None, "/nowhere"])
def test_without_data_the_message_names_the_variable(monkeypatch: pytest.MonkeyPatch, folder: str | None) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    if folder:
        monkeypatch.setenv(SETTING, folder)
    with pytest.raises(NoDataError, match=f"{SETTING} must name a folder"):
        read_box_data()


def test_the_same_seed_chooses_the_same_workers(data: BoxData) -> None:
    assert data.subset(2, 4) == data.subset(2, 4)
    assert all(len(answers) == 2 for answers in data.subset(2, 4).drawn.values())
    assert any(data.subset(2, 0).drawn != data.subset(2, seed).drawn for seed in range(1, 9))


def test_boxes_are_matched_one_to_one_best_first() -> None:
    truth = [(0.0, 0.0, 10.0, 10.0)]
    quality = judge([(1.0, 0.0, 10.0, 10.0), (0.0, 0.0, 10.0, 10.0), (50.0, 50.0, 9.0, 9.0)], truth)
    assert quality == BoxQuality(found=1, wrong=2, missed=0, overlap=1.0)
    assert (quality.precision, quality.recall, quality.f1, quality.iou) == (1 / 3, 1, 0.5, 1)


def test_an_image_without_an_answer_misses_everything() -> None:
    assert judge_all({}, {1: [(0.0, 0.0, 10.0, 10.0)], 2: []}) == BoxQuality(missed=1)


@pytest.mark.parametrize("algorithm", ["default", "ground-truth"])
def test_boxes_go_through_the_task_types_own_consolidation(data: BoxData, algorithm: str) -> None:
    boxes = consolidated(data, algorithm)
    assert boxes[2] == []
    assert judge_all(boxes, data.truth).f1 == 1


def test_simple_clusters_never_hold_two_boxes_of_one_worker() -> None:
    near, far = (0.0, 0.0, 10.0, 10.0), (80.0, 0.0, 10.0, 10.0)
    assert simple_clusters({"a": [near, near], "b": [near, far], "c": []}) == [[near, near], [near], [far]]


def test_the_table_has_the_simple_rules_and_both_algorithms(data: BoxData) -> None:
    table = compare(data, 3, range(2))
    assert [row[0].split(",")[0] for row in table.rows] == ["simple", "simple", "ground-truth", "default"]
    assert {row[1] for row in table.rows} == {"1.0000"}
