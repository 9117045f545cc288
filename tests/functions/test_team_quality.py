"""What a job shows of its workers is kept for the team's next job, counts once, and never for a job that opted out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.aws.shared_object import Found, SharedObject
from groundwork.job.s3_uri import S3Uri
from groundwork.job.team_paths import WORK_TEAMS, TeamPaths
from groundwork.team_quality.keep import RecordBusyError, keep_team_quality
from groundwork.team_quality.record import JobPart, TeamRecord, WorkerPart
from groundwork.team_quality.tally import TeamTally

from local import team as command
from local.deployment import Deployment as Outputs
from tests.aws.account import JOBS, client
from tests.aws.labeling import Labeling, label
from tests.functions.deployment import ARN, Deployment, call

LABELS = ("boat", "buoy", "net")
WORKERS = ("ada", "bo", "cy")
TEAM = "harbor"
RECORD = TeamPaths(JOBS, TEAM).record("ImageMultiClass", LABELS)


def ended(deployment: Deployment, name: str, bad: str = "cy", *, keeps: bool = True, objects: int = 9) -> Labeling:
    """Run a job in which one worker says what is wrong."""
    deployment.clock.moment = datetime.now(UTC).timestamp()

    def choose(item: Any, worker: str) -> dict[str, Any]:
        return label(LABELS[(item.object_id + (worker == bad)) % 3])

    labeling = deployment.labeling(
        objects,
        name=name,
        arn=f"{ARN}/{name.lower()}",
        output_root=f"s3://{JOBS}/{name}/output/{name}",
        labels=LABELS,
        work_team=TEAM,
        workers_per_object=3,
        team_record=str(RECORD) if keeps else None,
    )
    labeling.start()
    labeling.run(WORKERS, choose)
    call("manifest_output/quality", {"jobKey": labeling.job.key})
    return labeling


def record(deployment: Deployment) -> TeamRecord:
    return TeamRecord.model_validate_json(deployment.account.store.read(RECORD))


def document(deployment: Deployment, uri: S3Uri) -> Any:
    return json.loads(deployment.account.store.read(uri))


def test_a_job_leaves_what_it_shows_and_the_next_one_starts_with_it(deployment: Deployment) -> None:
    first = ended(deployment, "Pier-One")
    assert [part.job for part in record(deployment).jobs] == ["pier-one"]
    estimate = document(deployment, first.at().paths.worker_quality)
    assert estimate["earlier"] == {}
    second = ended(deployment, "Pier-Two")
    estimate = document(deployment, second.at().paths.worker_quality)
    assert set(estimate["earlier"]) == set(WORKERS)
    figures = document(deployment, second.at().paths.quality)
    assert figures["keepsWorkerQuality"]
    before = {worker["workerId"]: worker["earlier"] for worker in figures["workers"]}
    assert before["ada"]["answers"] == 9
    assert before["ada"]["quality"]["value"] > before["cy"]["quality"]["value"] + 0.3
    known = record(deployment).known()
    assert {worker: each.jobs for worker, each in known.items()} == dict.fromkeys(WORKERS, 2)
    page = deployment.account.store.read(second.at().paths.quality_report).decode()
    assert "Before this job" in page


def test_the_same_job_counts_once_however_often_its_end_is_repeated(deployment: Deployment) -> None:
    labeling = ended(deployment, "Pier-One")
    before = record(deployment).known()
    deployment.clock.forward(60)
    call("manifest_output/quality", {"jobKey": labeling.job.key})
    after = record(deployment).known()
    assert [each.counts for each in after.values()] == [each.counts for each in before.values()]
    assert [each.jobs for each in after.values()] == [1, 1, 1]


def test_a_job_starts_with_what_was_known_when_it_began_however_late_it_is_estimated_again(
    deployment: Deployment,
) -> None:
    labeling = ended(deployment, "Pier-One")
    ended(deployment, "Pier-Two")
    before = deployment.account.store.read(labeling.at().paths.worker_quality)
    call("consolidation/estimate", {"jobKey": labeling.job.key})
    assert deployment.account.store.read(labeling.at().paths.worker_quality) == before
    assert json.loads(before)["earlier"] == {}, "its own part is no earlier one"


def test_leaving_out_a_worker_replaces_the_jobs_part_and_the_worker_stays_known(deployment: Deployment) -> None:
    labeling = ended(deployment, "Pier-One", objects=6)
    before = record(deployment).known()
    assert call("exclude", {"jobKey": "pier-one", "workers": ["cy"]})["excluded"]
    labeling.machine.at_work.clear()
    labeling.prepare()
    selection = labeling.select()
    labeling.consolidate(selection)
    call("manifest_output", {"jobKey": "pier-one", "finished": True})
    call("manifest_output/quality", {"jobKey": "pier-one"})
    after = record(deployment).known()
    assert len(record(deployment).jobs) == 1
    assert after["cy"].answers == before["cy"].answers == 6, "judged by the labels of the others"
    assert after["ada"].counts != before["ada"].counts, "the labels are another matter without cy"
    figures = document(deployment, labeling.at().paths.quality)
    assert [worker["workerId"] for worker in figures["workers"]] == ["ada", "bo"]


def test_a_job_that_opted_out_neither_reads_nor_leaves_anything(deployment: Deployment) -> None:
    ended(deployment, "Pier-Silent", keeps=False)
    assert list(deployment.account.store.keys(S3Uri(JOBS, WORK_TEAMS))) == []
    ended(deployment, "Pier-One")
    kept = deployment.account.store.read(RECORD)
    silent = ended(deployment, "Pier-Mute", keeps=False)
    assert deployment.account.store.read(RECORD) == kept
    assert document(deployment, silent.at().paths.worker_quality)["earlier"] == {}
    assert deployment.account.store.find(silent.at().paths.earlier_quality) is None
    figures = document(deployment, silent.at().paths.quality)
    assert not figures["keepsWorkerQuality"]
    assert {worker["earlier"] for worker in figures["workers"]} == {None}


def test_two_jobs_that_end_together_lose_nothing(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    labeling = ended(deployment, "Pier-One")
    other = JobPart(job="pier-other", ended_at=1.0, workers={"zoe": WorkerPart(answers=1, counts=((0, 0, 1.0),))})
    replace, meddled = SharedObject.replace, list[bool]()

    def replace_after_another(self: SharedObject, found: Found | None, content: bytes) -> bool:
        if not meddled:
            meddled.append(True)
            folded = record(deployment).fold(other)
            deployment.account.store.write(RECORD, folded.model_dump_json().encode())
        return replace(self, found, content)

    monkeypatch.setattr(SharedObject, "replace", replace_after_another)
    deployment.clock.forward(60)
    call("manifest_output/quality", {"jobKey": labeling.job.key})
    assert [part.job for part in record(deployment).jobs] == ["pier-one", "pier-other"]
    assert record(deployment).jobs[0].ended_at == deployment.clock()


def test_a_record_that_others_write_without_end_is_an_error(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    labeling = ended(deployment, "Pier-One")
    monkeypatch.setattr(SharedObject, "replace", lambda *_: False)
    deployment.clock.forward(60)
    with pytest.raises(RecordBusyError):
        keep_team_quality(labeling.at(), TeamTally())


def test_the_first_of_two_records_that_are_new_stays(deployment: Deployment) -> None:
    shared = deployment.account.store.shared(RECORD)
    assert shared.find() is None
    assert shared.replace(None, b"one")
    assert not shared.replace(None, b"other")
    found = shared.find()
    assert found is not None
    assert found.content == b"one"
    assert shared.replace(found, b"two")
    assert not shared.replace(found, b"three")


@pytest.fixture
def outputs(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> Outputs:
    outputs = Outputs("groundwork", {"JobsBucket": JOBS})
    monkeypatch.setattr(command, "connect", lambda: outputs)
    return outputs


def test_the_command_shows_a_row_a_worker_the_worst_first(
    deployment: Deployment, outputs: Outputs, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["team", "show", TEAM])
    assert "nothing is known" in capsys.readouterr().out
    ended(deployment, "Pier-One")
    ended(deployment, "Pier-Two")
    capsys.readouterr()
    command.main(["team", "show", TEAM])
    heading, _, columns, *rows = capsys.readouterr().out.splitlines()
    assert heading == "harbor, ImageMultiClass, 2 jobs, labels boat, buoy, net"
    assert columns.split()[0] == "Worker"
    assert [row.split()[0] for row in rows] == ["cy", "ada", "bo"]
    assert rows[0].split()[5:] == ["18", "-", *rows[0].split()[7:]]
    assert rows[0].split()[8] == "2"


def test_a_worker_or_the_whole_team_is_forgotten_with_every_version(deployment: Deployment, outputs: Outputs) -> None:
    s3 = client("s3")
    s3.put_bucket_versioning(Bucket=JOBS, VersioningConfiguration={"Status": "Enabled"})

    def versions() -> int:
        found = s3.list_object_versions(Bucket=JOBS, Prefix=WORK_TEAMS)
        return len([*found.get("Versions", ()), *found.get("DeleteMarkers", ())])

    ended(deployment, "Pier-Two")
    ended(deployment, "Pier-One")
    assert command.forget(outputs, TEAM, "cy").startswith("cy is forgotten in 1 records")
    assert set(record(deployment).known()) == {"ada", "bo"}
    assert versions() == 1
    assert "nothing is known of cy" in command.forget(outputs, TEAM, "cy")
    assert command.forget(outputs, TEAM, None).startswith("the team is forgotten")
    assert versions() == 0


def test_the_record_is_not_encrypted_with_the_key_of_a_job(deployment: Deployment) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    store = deployment.account.store.encrypted_with(key)
    assert store.shared(RECORD).replace(None, b"{}")
    store.write(RECORD.child("other"), b"{}")
    head = client("s3").head_object
    assert head(Bucket=JOBS, Key=RECORD.child("other").key)["ServerSideEncryption"] == "aws:kms"
    assert head(Bucket=JOBS, Key=RECORD.key).get("ServerSideEncryption") != "aws:kms"
