"""What a model predicted, from the manifest to the workers' pages, to automated labeling's record and to the log."""

from __future__ import annotations

import json

from groundwork.pre_annotation.annotate import annotate_shard
from groundwork.prepare_job.prepare import line_rules

from tests.aws.account import Account, Clock
from tests.aws.labeling import BUCKETS, Labeling, label, pictures
from tests.formats.jobs import image_job


def predicted(number: int, prediction: str) -> bytes:
    return b'{"source-ref":"s3://harbor-in/%03d.jpg","kind-prediction":%s}' % (number, prediction.encode())


LINES = [
    *pictures(1),
    predicted(1, '{"label":"buoy","confidence":0.93}'),
    predicted(2, '"kayak"'),
    predicted(3, '{"label":"net","confidence":12}'),
]


def test_predictions_travel_beside_the_tasks_and_what_is_none_is_named_by_its_line(
    account: Account, clock: Clock
) -> None:
    labeling = Labeling.begin(account, clock, image_job(), LINES)
    labeling.start()
    at = labeling.at()
    records = [json.loads(line) for line in account.store.read(at.paths.task_input(0)).splitlines()]
    assert [record.get("prediction") for record in records] == [None, {"label": "buoy", "confidence": 0.93}, None, None]
    assert all(record["taskInput"].keys() == {"taskObject", "labels", "manifestLine"} for record in records)
    progress = annotate_shard(at, 0, line_rules(at, BUCKETS), None, clock() + 600)
    assert progress.warnings == (
        'line 3: "kind-prediction" is passed over: "kayak" is no label of this job.',
        'line 4: "kind-prediction" is passed over: 12 is no confidence from 0 to 1.',
    )


def test_people_label_all_of_them_and_the_predictions_stay_as_they_came(account: Account, clock: Clock) -> None:
    labeling = Labeling.begin(account, clock, image_job(show_predictions=True), LINES)
    labeling.start()
    labeling.run(("ada", "bo", "cy"), lambda item, worker: label("net"))
    output = labeling.output()
    assert [line["kind"] for line in output] == [2, 2, 2, 2]
    before = [json.loads(line) for line in LINES]
    assert [line.get("kind-prediction") for line in output] == [line.get("kind-prediction") for line in before]
    assert account.jobs.get("pier-kind").failed == 0
