from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.vote_table import VoteTable

from local.bench import crowd_kit, quality_labels, quality_priors
from local.bench.bench_data import SETTING, NoDataError
from local.bench.crowd_kit import NoPeerError, PeerResult, measured_again, peer_results
from local.bench.crowd_kit_run import ALGORITHMS
from local.bench.ebcc import ebcc, update
from local.bench.label_candidates import CANDIDATES, best, interval, leave_one_out
from local.bench.page import marks, replace_tables
from local.bench.quality_labels import ties_to_one_side
from local.bench.vote_data import VoteData, read_vote_data

VOTES = "task,worker,label\n" + "".join(
    f"t{task:02},{worker},{'yes' if (task % 2) ^ (worker == 'w3' and task % 5 == 0) else 'no'}\n"
    for task in range(60)
    for worker in ("w1", "w2", "w3")
)
TRUTH = "task,label\n" + "".join(f"t{task:02},{'yes' if task % 2 else 'no'}\n" for task in range(40)) + "unseen,no\n"

VOTED = np.array([0, 0, 1])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[VoteData]:
    for name in ("harbor", "boxes"):
        (tmp_path / name).mkdir()
    (tmp_path / "harbor" / "labels.csv").write_text(VOTES)
    (tmp_path / "harbor" / "truth.csv").write_text(TRUTH)
    (tmp_path / "boxes" / "labels.csv").write_text("task,worker,left\n1,a,2\n")
    (tmp_path / "boxes" / "truth.csv").write_text("task,left\n1,2\n")
    monkeypatch.setenv(SETTING, str(tmp_path))
    monkeypatch.setattr(crowd_kit, "FOLDER", tmp_path / "kept")
    return read_vote_data()


def test_votes_are_found_by_their_columns_and_truth_without_votes_is_left_out(data: list[VoteData]) -> None:
    (harbor,) = data
    assert (harbor.name, len(harbor.task_of), harbor.labels, harbor.workers) == ("harbor", 180, 2, ("w1", "w2", "w3"))
    assert len(harbor.judged) == 40
    assert harbor.right(majority_vote(harbor.table(), 2)).mean() == 1


def test_a_lot_decides_ties_in_proportion() -> None:
    data = VoteData("x", Path(), VOTED, VOTED, VOTED, ("a", "b"), 3, np.array([0, 1]), np.array([2, 0]))
    assert data.right_by_lot(np.array([[0.2, 0.5], [0.4, 0.5], [0.4, 0.0]])).tolist() == [0.5, 0.5]


def test_without_a_folder_the_message_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "/nowhere")
    with pytest.raises(NoDataError, match=SETTING):
        read_vote_data()


def crowd(objects: int) -> VoteTable:
    """Five workers, each wrong on every so many objects."""
    rows = [
        (number, worker, (number + (number % often == 0)) % 3)
        for number in range(objects)
        for worker, often in (("a", 3), ("b", 4), ("c", 5), ("d", 7), ("e", 2))
    ]
    return VoteTable.build(rows, 3)


def test_ebcc_labels_a_fair_crowd() -> None:
    posterior = ebcc(crowd(90), 3)
    np.testing.assert_allclose(posterior.sum(axis=0), 1)
    assert (posterior.argmax(axis=0) == np.arange(90) % 3).mean() > 0.9


def test_no_round_of_ebcc_lowers_the_bound() -> None:
    table = crowd(40)
    random = np.random.default_rng(5)
    joint = random.dirichlet(np.ones(3 * 4), len(table.objects)).T.reshape(3, 4, -1)
    bounds = []
    for _ in range(30):
        joint, bound = update(table, joint)
        bounds.append(bound)
    assert all(after >= before - 1e-9 for before, after in pairwise(bounds))
    assert bounds[-1] > bounds[0]


def test_the_choice_is_the_best_mean_among_those_that_are_safe() -> None:
    accuracy = {candidate: np.array([0.8, 0.8, 0.8]) for candidate in CANDIDATES}
    risky, sound = CANDIDATES[3], CANDIDATES[5]
    accuracy[risky], accuracy[sound] = np.array([0.9, 0.9, 0.79]), np.array([0.81, 0.81, 0.796])
    majority = np.array([0.8, 0.8, 0.8])
    assert best(accuracy, majority, np.ones(3, dtype=bool)) == sound
    assert [choice.candidate for choice in leave_one_out(accuracy, majority)] == [sound, sound, risky]


def test_the_interval_covers_the_mean_and_widens_for_other_data() -> None:
    random = np.random.default_rng(3)
    gaps = [random.choice([-1.0, 0.0, 1.0], 400) + shift for shift in (-0.2, 0.0, 0.3)]
    mean = np.mean([gap.mean() for gap in gaps])
    low, high = interval(gaps, other_data=False)
    wide_low, wide_high = interval(gaps, other_data=True)
    assert wide_low < low < mean < high < wide_high


def test_what_was_run_once_is_not_run_again_unless_the_data_change(
    data: list[VoteData], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def run(named: list[str], digests: dict[str, str], kept: Path) -> None:
        ran.append(named)
        for name in named:
            folder, algorithm = name.split(":")
            line = {"data": folder, "algorithm": algorithm, "accuracy": 0.5, "seconds": 1.0, "digest": digests[folder]}
            kept.write_text(kept.read_text() + json.dumps(line) + "\n")

    monkeypatch.setattr(crowd_kit, "_run", run)
    assert peer_results(data)["GLAD", "harbor"] == PeerResult(0.5, 1.0)
    peer_results(data)
    assert [len(named) for named in ran] == [len(ALGORITHMS)]
    assert measured_again(data[0], ["MACE"])["MACE", "harbor"] == PeerResult(0.5, 1.0)
    assert ran[1:] == [["harbor:MACE"]]
    (data[0].folder / "truth.csv").write_text(TRUTH.replace("t00,no", "t00,yes"))
    peer_results(data)
    assert len(ran) == 3


def test_ties_go_to_the_side_that_suits_the_data_most() -> None:
    votes = np.array([[0.5, 0.5, 1.0], [0.0, 0.5, 0.0], [0.5, 0.0, 0.0]])
    every = np.arange(3)
    data = VoteData("x", Path(), every, every, every, ("a",), 3, every, np.array([2, 1, 0]))
    assert ties_to_one_side(data, votes) == 1
    assert ties_to_one_side(data, votes[[2, 1, 0]]) == pytest.approx(1 / 3)


def test_without_crowd_kit_the_tables_say_so(data: list[VoteData], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(crowd_kit, "ensure_environment", fails)
    with pytest.raises(NoPeerError, match="could not be installed"):
        peer_results(data)
    assert len(quality_labels.measure()) == 3
    shutil.copytree(data[0].folder, data[0].folder.parent / "pier")
    accuracies, differences, choice, speed = quality_labels.measure()
    assert "could not be installed" in accuracies.notes[-1]
    assert [row[0] for row in accuracies.rows][:3] == ["majority vote, ties by lot", "default", "majority-vote"]
    assert {row[1] for row in accuracies.rows} == {"1.0000"}
    assert all(row[1] == "+0.00" for row in differences.rows)
    assert choice.rows[0][0] == "harbor"
    assert speed.rows[0][2] == "-"


@pytest.mark.parametrize("part", [None, "harbor"])
def test_tables_replace_those_of_a_page(part: str | None, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    begin, end = marks(part)
    others = "\n".join(marks("another"))
    page.write_text(f"# Title\n\n{others}\n{begin}\nold\n{end}\n\nEnd.\n")
    replace_tables(page, "new \\1 table", part)
    replace_tables(page, "new \\1 table", part)
    expected = f"# Title\n\n{others}\n{begin}\n\n```text\nnew \\1 table\n```\n\n{end}\n\nEnd.\n"
    assert page.read_text() == expected
    page.write_text("no marks")
    with pytest.raises(ValueError, match="lacks the marks"):
        replace_tables(page, "table", part)


def test_a_second_job_is_labeled_with_and_without_what_the_first_one_showed(data: list[VoteData]) -> None:
    (harbor,) = data
    found = quality_priors.gain(harbor, 10, seeds=2)
    assert (found.known, found.answers) == (1.0, 10.0)
    assert [each.tolist() for each in (found.majority, found.without, found.knowing)] == [[1.0, 1.0]] * 3
    counts = quality_priors.shown(harbor.table(), 2)
    right = {worker: sum(n for true, given, n in own if true == given) for worker, own in counts.items()}
    assert right["w3"] < right["w1"] == right["w2"]


def test_no_second_job_takes_the_objects_of_the_first(data: list[VoteData], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_priors, "SIZES", (10, 30))
    tables = quality_priors.measure()
    assert [row[:2] for row in tables[0].rows] == [("harbor", "10"), ("mean", "10")]
