from collections import Counter

import pytest

from local.behaviour import DIGIT_CONFUSIONS, Behaviour, digit_workers
from local.digits import LABELS


def answers(behaviour: Behaviour, truth: str, count: int = 2000) -> Counter[str]:
    return Counter(behaviour.label(f"digit-{number:04d}.png", truth, LABELS) for number in range(count))


def test_an_answer_depends_on_seed_and_object_alone() -> None:
    names = [f"digit-{number:04d}.png" for number in range(100)]
    first = {name: Behaviour(0.5, 7, DIGIT_CONFUSIONS).label(name, "three", LABELS) for name in names}
    again = {name: Behaviour(0.5, 7, DIGIT_CONFUSIONS).label(name, "three", LABELS) for name in reversed(names)}
    other = {name: Behaviour(0.5, 8, DIGIT_CONFUSIONS).label(name, "three", LABELS) for name in names}

    assert first == again
    assert first != other


@pytest.mark.parametrize("accuracy", [0.97, 0.82, 0.45])
def test_a_worker_is_right_as_often_as_their_accuracy_says(accuracy: float) -> None:
    right = answers(Behaviour(accuracy, 1, DIGIT_CONFUSIONS), "four")["four"] / 2000

    assert right == pytest.approx(accuracy, abs=0.03)


def test_every_digit_is_mistaken_for_other_digits() -> None:
    assert set(DIGIT_CONFUSIONS) == set(LABELS)
    assert all(set(similar) < set(LABELS) - {digit} for digit, similar in DIGIT_CONFUSIONS.items())


def test_mistakes_fall_on_similar_digits_the_likeliest_first() -> None:
    counts = answers(Behaviour(0.5, 3, DIGIT_CONFUSIONS, careless=0.0), "seven")

    assert set(counts) == {"seven", "one", "two"}
    assert counts["one"] > counts["two"]


def test_a_careless_worker_mistakes_a_digit_for_any_other() -> None:
    counts = answers(Behaviour(0.0, 3, DIGIT_CONFUSIONS, careless=1.0), "seven")

    assert set(counts) == set(LABELS) - {"seven"}


def test_the_workforce_has_one_who_hardly_looks() -> None:
    accuracies = sorted(worker.accuracy for worker in digit_workers(1))

    assert accuracies[0] < 0.5
    assert accuracies[1] > 0.8
