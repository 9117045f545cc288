"""Labeling jobs from manifest to manifest, without a state machine and with storage."""

from __future__ import annotations

import json
from typing import Any

from groundwork.job.labeling_job import AnnotationFunctions
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_output.failure import EXCLUDED, FAILURE_REASON
from groundwork.task_dispatch.slots import QueuedObject
from groundwork.task_dispatch.window import WakeReason

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import custom_job, image_job, segmentation_job
from tests.formats.masks import opened, semantic_answer

WORKERS = ("ada", "bo", "cy")
TRUTH = ("boat", "buoy", "net")


def by_number(item: QueuedObject, worker: str) -> dict[str, Any]:
    return label(TRUTH[item.object_id % 3])


def image_labeling(account: Account, clock: Clock, lines: list[bytes], **changes: Any) -> Labeling:
    return Labeling.begin(account, clock, image_job(**{"max_concurrent": 4, **changes}), lines)


def test_image_classification_labels_every_line_once(account: Account, clock: Clock) -> None:
    broken = b'{"source":"text","source-ref":"s3://harbor-in/pier/x.jpg"}'
    lines = [*pictures(5), broken, *pictures(3, 5)]
    labeling = image_labeling(account, clock, lines)
    labeling.start()
    labeling.run(WORKERS, by_number)
    output = labeling.output()
    assert len(output) == 9
    for number, line in enumerate(output):
        given = json.loads(lines[number])
        assert {key: line[key] for key in given} == given
        metadata = line["kind-metadata"]
        assert metadata["job-name"] == "labeling-job/pier-kind"
        assert metadata["type"] == "groundtruth/image-classification"
        if number == 5:
            assert "kind" not in line
            assert metadata[FAILURE_REASON].startswith("ClientError")
            continue
        assert line["kind"] == number % 3
        assert metadata["class-name"] == TRUTH[number % 3]
        assert metadata["human-annotated"] == "yes"
        assert 0.9 < metadata["confidence"] <= 0.95
        assert set(line) == {"source-ref", "kind", "kind-metadata"}
    record = account.jobs.get("pier-kind")
    assert (record.status, record.labeled, record.failed, record.unlabeled) == ("Completed", 8, 1, 0)
    assert labeling.events.published == [(labeling.job.arn, "Completed")]
    assert account.jobs.of_team("harbor") == []


def test_worker_responses_and_consolidation_files_lie_where_ground_truth_puts_them(
    account: Account, clock: Clock
) -> None:
    labeling = image_labeling(account, clock, pictures(6))
    labeling.start()
    labeling.run(WORKERS, by_number)
    root = labeling.job.output
    keys = [key.removeprefix(f"{root.key}/") for key in account.store.keys(root)]
    responses = [key for key in keys if key.startswith("annotations/worker-response/")]
    assert sorted(key.split("/")[2:4] for key in responses) == [
        *(["iteration-1", str(number)] for number in range(4)),
        ["iteration-2", "4"],
        ["iteration-2", "5"],
    ]
    first = json.loads(account.store.read(root.child(sorted(responses)[0])))
    assert sorted(answer["workerId"] for answer in first["answers"]) == ["ada", "bo", "cy"]
    times = [answer["submissionTime"] for answer in first["answers"]]
    assert times == sorted(times)
    for kind in ("consolidation-request", "consolidation-response"):
        files = [key for key in keys if key.startswith(f"annotations/consolidated-annotation/{kind}/iteration-")]
        objects = [item["datasetObjectId"] for key in files for item in account.store.read_json(root.child(key))]
        assert sorted(objects) == ["0", "1", "2", "3", "4", "5"]


def test_each_iteration_keeps_its_labels_under_intermediate(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(6))
    labeling.start()
    labeling.run(WORKERS, by_number)
    root = labeling.job.output
    first = account.store.read(root.child("annotations/intermediate/1/annotations.json")).splitlines()
    second = account.store.read(root.child("annotations/intermediate/2/annotations.json")).splitlines()
    records = [json.loads(line) for line in (*first, *second)]
    assert [record["datasetObjectId"] for record in records] == ["0", "1", "2", "3", "4", "5"]
    assert len(second) == 2
    source = json.loads(pictures(6)[0])["source-ref"]
    assert records[0]["inputAttribute"] == source
    assert records[0][f"{labeling.job.label_attribute}-metadata"]["human-annotated"] == "yes"


def test_each_object_is_answered_by_different_workers(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(6), workers_per_object=2)
    labeling.start()
    assert labeling.work(WORKERS, by_number) == 12
    assert all(len(item.answered_by) == 2 for item in labeling.items())


def test_a_custom_job_is_labeled_by_the_customers_functions(account: Account, clock: Clock) -> None:
    def pre(request: dict[str, Any]) -> dict[str, Any]:
        assert request["labelingJobArn"] == labeling.job.arn
        if request["dataObject"]["source"] == "skip me":
            return {"taskInput": {}, "isHumanAnnotationRequired": False}
        return {"taskInput": {"note": request["dataObject"]["source"]}, "isHumanAnnotationRequired": True}

    def post(event: dict[str, Any]) -> list[dict[str, Any]]:
        payload = account.store.read_json(root.parse(event["payload"]["s3Uri"]))
        return [
            {
                "datasetObjectId": item["datasetObjectId"],
                "consolidatedAnnotation": {
                    "content": {
                        event["labelAttributeName"]: [
                            json.loads(answer["annotationData"]["content"])["reading"] for answer in item["annotations"]
                        ]
                    }
                },
            }
            for item in payload
            if item["datasetObjectId"] != "3"
        ]

    functions = AnnotationFunctions(pre="arn:aws:lambda:us-east-1:1:function:pre", post="arn:post")
    lines = [json.dumps({"source": text}).encode() for text in ("meter 1", "skip me", "meter 2", "meter 3")]
    job = custom_job(functions=functions, workers_per_object=2, max_concurrent=2)
    labeling = Labeling.begin(account, clock, job, lines, pre=pre, post=post)
    root = labeling.job.output
    labeling.start()
    labeling.run(WORKERS, lambda item, worker: {"reading": f"{item.object_id}-{worker}"})
    output = labeling.output()
    assert [len(line.get("meterReading", ())) for line in output] == [2, 0, 2, 0]
    assert {reading.split("-")[0] for reading in output[2]["meterReading"]} == {"2"}
    metadata = output[0]["meterReading-metadata"]
    assert (metadata["type"], metadata["job-name"]) == ("groundtruth/custom", "meter-reading")
    assert "worker-response-ref" not in metadata
    assert output[1]["meterReading-metadata"][FAILURE_REASON] == EXCLUDED
    assert "no result" in output[3]["meterReading-metadata"][FAILURE_REASON]


def test_a_custom_job_without_functions_points_to_its_answers(account: Account, clock: Clock) -> None:
    labeling = Labeling.begin(account, clock, custom_job(workers_per_object=1), [b'{"source":"meter 1"}'])
    labeling.start()
    labeling.run(WORKERS, lambda item, worker: {"reading": "17"})
    (line,) = labeling.output()
    assert line["meterReading"] == {}
    reference = labeling.job.output.parse(line["meterReading-metadata"]["worker-response-ref"])
    assert account.store.read_json(reference)["answers"][0]["answerContent"] == {"reading": "17"}


def test_a_chained_job_copies_labels_through_and_labels_the_rest(account: Account, clock: Clock) -> None:
    done = b'{"source-ref":"s3://harbor-in/pier/a.jpg","kind":2,"kind-metadata":{"confidence":0.50,"class-name":"net"}}'
    failed = b'{"source-ref":"s3://harbor-in/pier/b.jpg","kind-metadata":{"failure-reason":"ClientError: expired"}}'
    lines = [done, failed, *pictures(1)]
    labeling = image_labeling(account, clock, lines)
    labeling.start()
    labeling.run(WORKERS, by_number)
    raw = account.store.read(labeling.at().paths.output_manifest).splitlines()
    assert raw[0] == done
    output = labeling.output()
    assert output[1]["kind"] == 1
    assert FAILURE_REASON not in output[1]["kind-metadata"]
    record = account.jobs.get("pier-kind")
    assert (record.labeled, record.copied, record.failed, record.unlabeled) == (2, 1, 0, 0)


def test_a_job_whose_lines_all_carry_the_label_ends_without_people(account: Account, clock: Clock) -> None:
    done = b'{"source-ref":"s3://harbor-in/pier/a.jpg","kind":2,"kind-metadata":{"confidence":0.50}}'
    labeling = image_labeling(account, clock, [done, done])
    labeling.start()
    assert labeling.machine.woken == [("token-1", WakeReason.COMPLETE)]
    assert not labeling.turn()
    assert account.store.read(labeling.at().paths.output_manifest) == done + b"\n" + done + b"\n"


def test_masks_are_written_before_the_lines_that_point_to_them(account: Account, clock: Clock) -> None:
    job = segmentation_job(max_concurrent=4)
    labeling = Labeling.begin(account, clock, job, list(pictures(5)))
    labeling.start()
    labeling.run(WORKERS, lambda item, worker: semantic_answer([[0, 1, 1], [item.object_id % 3 + 1] * 3], job.labels))
    output = labeling.output()
    assert [line["areas-ref-metadata"]["type"] for line in output] == ["groundtruth/semantic-segmentation"] * 5
    for number, line in enumerate(output):
        image = opened(account.store.read(S3Uri.parse(line["areas-ref"])))
        assert list(image.get_flattened_data()) == [0, 1, 1, *[number % 3 + 1] * 3]
