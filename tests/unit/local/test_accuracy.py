import pytest

from local.accuracy import Accuracy, measure

TRUTH = {"a.png": "1", "b.png": "7", "c.png": "3"}


def test_labels_and_majority_are_judged_apart() -> None:
    labels = {"a.png": "1", "b.png": "7", "c.png": "8"}
    answers = {"a.png": ["1", "1", "7"], "b.png": ["1", "1", "7"], "c.png": ["8", "8", "3"]}

    accuracy = measure(TRUTH, labels, answers)

    assert accuracy.objects == 3
    assert accuracy.consolidated == pytest.approx(2 / 3)
    assert accuracy.majority == pytest.approx(1 / 3)


def test_a_tie_of_the_majority_counts_as_a_coin() -> None:
    accuracy = measure(TRUTH, {"a.png": "1"}, {"a.png": ["1", "7", "4"]})

    assert accuracy.majority == pytest.approx(1 / 3)


def test_only_labeled_objects_are_judged() -> None:
    assert measure(TRUTH, {"a.png": "1"}, {"a.png": ["1"], "b.png": ["1"]}).objects == 1


def test_a_job_without_labels_has_no_accuracy() -> None:
    assert measure(TRUTH, {}, {}) == Accuracy(0, 0.0, 0.0)
