from __future__ import annotations

import pytest
from groundwork.job.status import FIRST, TRANSITIONS, IllegalTransitionError, LabelingJobStatus

LEGAL = {
    ("Initializing", "InProgress"),
    ("Initializing", "Failed"),
    ("InProgress", "Completed"),
    ("InProgress", "Failed"),
    ("InProgress", "Stopping"),
    ("Stopping", "Stopped"),
}


@pytest.mark.parametrize("status", LabelingJobStatus)
@pytest.mark.parametrize("following", LabelingJobStatus)
def test_only_ground_truths_transitions_are_legal(status: LabelingJobStatus, following: LabelingJobStatus) -> None:
    if (str(status), str(following)) in LEGAL:
        assert status.become(following) is following
    else:
        with pytest.raises(IllegalTransitionError):
            status.become(following)


def test_every_status_can_be_reached_and_three_are_final() -> None:
    reached = set(FIRST).union(*TRANSITIONS.values())
    assert reached == set(LabelingJobStatus)
    assert {str(status) for status in LabelingJobStatus if status.is_terminal} == {"Completed", "Failed", "Stopped"}


def test_an_illegal_step_says_what_is_possible() -> None:
    with pytest.raises(IllegalTransitionError, match=r"Completed can't become Stopping \(possible: none"):
        LabelingJobStatus.COMPLETED.become(LabelingJobStatus.STOPPING)
