import pytest

from local.progress import JobProgress


def progress_event(ready: int, total: int = 200, opened: int = 50) -> dict[str, object]:
    return {
        "labeling-job-name": "pier-boats",
        "event-name": "PROGRESS",
        "event-log-message": f"{ready} of {total} data objects have their answers",
        "total": total,
        "ready": ready,
        "open": opened,
    }


def test_progress_events_fill_the_bar() -> None:
    progress = JobProgress("pier-boats").follow(progress_event(50))

    assert progress.bar(width=8) == "[##......]  25% 50/200 InProgress 50 open"


def test_an_event_that_arrives_late_does_not_set_the_bar_back() -> None:
    progress = JobProgress("pier-boats").follow(progress_event(80)).follow(progress_event(60))

    assert progress.ready == 80


def test_a_job_without_objects_is_drawn_as_an_empty_bar() -> None:
    assert JobProgress("pier-boats").bar(width=4) == "[....]   0% 0/0 InProgress 0 open"


def test_waiting_says_how_many_objects_are_open() -> None:
    event = {"event-name": "WAITING_FOR_WORKERS", "event-log-message": "waiting since 09:00", "since": 1, "open": 12}

    progress = JobProgress("pier-boats").follow(event)

    assert (progress.open, progress.message) == (12, "waiting since 09:00")


@pytest.mark.parametrize(("status", "finished"), [("Completed", True), ("Failed", True), ("InProgress", False)])
def test_the_state_event_ends_the_watch_only_when_it_is_final(status: str, finished: bool) -> None:
    event = {"event-name": "LABELING_JOB_STATE", "event-log-message": "", "status": status}

    assert JobProgress("pier-boats").follow(event).finished is finished


def test_an_unknown_event_changes_only_the_message() -> None:
    before = JobProgress("pier-boats").follow(progress_event(10))

    after = before.follow({"event-name": "SHARDS", "event-log-message": "cut into 3 shards"})

    assert (after.ready, after.message) == (10, "cut into 3 shards")


def test_a_refused_drop_is_no_job_in_progress() -> None:
    event = {"event-name": "LABELING_JOB_REFUSED", "event-log-message": "2 problems"}

    progress = JobProgress("pier-boats").follow(event)

    assert (progress.started, progress.bar(width=4)) == (False, "[....]   0% 0/0 refused 0 open")


def test_a_drop_that_was_repaired_is_a_job() -> None:
    refused = JobProgress("pier-boats").follow({"event-name": "LABELING_JOB_REFUSED"})

    assert refused.follow({"event-name": "LABELING_JOB_STATE", "status": "InProgress"}).started


def test_waiting_tells_the_whole_before_the_first_answer() -> None:
    event = {"event-name": "WAITING_FOR_WORKERS", "event-log-message": "", "open": 10, "ready": 0, "total": 10}

    assert JobProgress("pier-boats").follow(event).bar(width=4) == "[....]   0% 0/10 InProgress 10 open"


def test_an_ended_job_says_what_came_of_it() -> None:
    counters = {"TotalLabeled": 8, "FailedNonRetryableError": 2, "Unlabeled": 1}
    event = {
        "event-name": "LABELING_JOB_STATE",
        "status": "Stopped",
        "counters": counters,
        "failures": {"ClientError: Declined by 1 worker.": 2},
        "output": "s3://harbor-jobs/output.manifest",
    }

    progress = JobProgress("pier-boats", open=3).follow(event)

    assert progress.open == 0
    assert list(progress.summary()) == [
        "pier-boats: Stopped, 8 labeled, 2 failed, 1 unlabeled",
        "  2 failed: ClientError: Declined by 1 worker.",
        "  output manifest: s3://harbor-jobs/output.manifest",
    ]


def test_a_job_that_failed_before_it_had_an_output_says_why() -> None:
    event = {
        "event-name": "LABELING_JOB_STATE",
        "event-log-message": "labeling job is Failed: no line",
        "status": "Failed",
    }

    assert list(JobProgress("pier").follow(event).summary())[-1] == "  labeling job is Failed: no line"
