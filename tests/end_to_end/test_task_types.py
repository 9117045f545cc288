"""Each task type from the dropped folder to the output manifest, with IAM enforced."""

from __future__ import annotations

import csv
import io
import json
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.digits import LABELS, sample_digits
from local.exclude import exclude_workers
from tests.end_to_end.cloud import CUSTOMER_FUNCTIONS, Cloud, Worker
from tests.end_to_end.people import text_on, work
from tests.formats.masks import COLORS, opened, png, semantic_answer

EXAMPLES = Path(__file__).parents[2] / "examples"
TEAM = "typists"


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> list[Worker]:
    from tests.end_to_end.cloud import connected

    with connected(deployed.settings):
        return [deployed.worker(f"typist-{number}", TEAM) for number in range(4)]


def request(task_type: str, **human_task: Any) -> dict[str, Any]:
    team = f"arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/{TEAM}"
    return {"Groundwork": {"TaskType": task_type}, "HumanTaskConfig": {"WorkteamArn": team, **human_task}}


def label_file(*labels: str) -> str:
    return json.dumps({"document-version": "2018-11-28", "labels": [{"label": label} for label in labels]})


def test_images_are_classified_and_every_line_is_in_the_output_once(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-digits")
    digits = sample_digits(12, 5)
    truth = {digit.name: digit.truth for digit in digits}
    lines = [{"source-ref": f"s3://{cloud.bucket}/{job}/images/{digit.name}", "n": n} for n, digit in enumerate(digits)]
    broken: list[dict[str, Any]] = [{"source": "no image"}, {"source-ref": "s3://", "n": 99}]
    files = {f"images/{digit.name}": digit.png for digit in digits} | {"labels.json": label_file(*LABELS)}
    cloud.drop(job, request("ImageMultiClass", NumberOfHumanWorkersPerDataObject=3), [*lines, *broken], files)

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        name = next(name for name in truth if name in page)
        address = page.split('src="', 1)[1]
        addresses = [part.split('"')[0] for part in page.split('src="')[1:] if name in part.split('"')[0]]
        assert address
        assert worker.client.load(addresses[0].replace("&amp;", "&")).body.startswith(b"\x89PNG")
        return {"crowd-image-classifier": {"label": truth[name]}}

    done = work(people, job, answer)
    record = cloud.wait_for(job, "Completed")
    output = cloud.output_lines(job)

    assert sum(done.values()) == 36
    assert len(output) == 14
    for line, digit in zip(output[:12], digits, strict=True):
        assert line[job] == LABELS.index(digit.truth)
        metadata = line[f"{job}-metadata"]
        assert metadata["class-name"] == digit.truth
        assert metadata["type"] == "groundtruth/image-classification"
        assert metadata["job-name"] == f"labeling-job/{job}"
        assert 0.5 < metadata["confidence"] <= 0.95
    for line in output[12:]:
        assert job not in line
        assert line[f"{job}-metadata"]["failure-reason"].startswith("ClientError: ")
    assert (record["labeled"], record["failed"], record["unlabeled"]) == (12, 2, 0)


def test_answers_of_different_people_are_in_the_worker_response_files(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-Tickets")
    cloud.drop(
        job,
        request("TextMultiClass", NumberOfHumanWorkersPerDataObject=2, MaxConcurrentTaskCount=3),
        [{"source": f"ticket {number}"} for number in range(8)],
        {"labels.json": label_file("calm", "angry")},
    )
    work(people[:3], job, lambda _, page: {"crowd-classifier": {"label": "angry" if "3" in text_on(page) else "calm"}})
    cloud.wait_for(job, "Completed")

    root = f"{job}/output/{job}"
    responses = [key for key in cloud.keys(f"{root}/annotations/worker-response/") if key.endswith(".json")]
    assert {key.split("/")[-3] for key in responses} == {"iteration-1", "iteration-2", "iteration-3"}
    assert sorted(int(key.split("/")[-2]) for key in responses) == list(range(8))
    for key in responses:
        answers = json.loads(cloud.get(key))["answers"]
        assert len({answer["workerId"] for answer in answers}) == 2
        assert all(answer["workerMetadata"]["identityData"]["identityProviderType"] == "Cognito" for answer in answers)
    assert [line[job] for line in cloud.output_lines(job)] == [0, 0, 0, 1, 0, 0, 0, 0]
    assert cloud.output_lines(job)[0][f"{job}-metadata"]["job-name"] == f"labeling-job/{job.lower()}"


def test_a_chained_job_keeps_what_earlier_jobs_said_and_labels_only_what_is_missing(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-chained")
    first = {"confidence": 0.95, "class-name": "angry", "type": "groundtruth/text-classification"}
    lines = [
        {"source": "one", "mood": 1, "mood-metadata": first, "weight": 1.50},
        {
            "source": "two",
            "weight": 2.50,
            "mood-metadata": {"failure-reason": "ClientError: Annotation tasks expired."},
        },
        {"source": "three", "other": 7, "other-metadata": {"job-name": "labeling-job/other"}},
    ]
    cloud.drop(
        job,
        {**request("TextMultiClass", NumberOfHumanWorkersPerDataObject=1), "LabelAttributeName": "mood"},
        lines,
        {"labels.json": label_file("calm", "angry")},
    )
    done = work(people[:1], job, lambda *_: {"crowd-classifier": {"label": "calm"}})
    record = cloud.wait_for(job, "Completed")

    output = cloud.output_lines(job)
    assert done.total() == 2
    assert output[0] == lines[0]
    assert [line["mood"] for line in output] == [1, 0, 0]
    assert "failure-reason" not in output[1]["mood-metadata"]
    assert output[2]["other"] == 7
    assert output[1]["mood-metadata"]["confidence"] == 0.0
    assert (record["labeled"], record["copied"]) == (2, 1)


def test_masks_of_an_earlier_job_are_shown_and_verified(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-masks")
    example, photos = EXAMPLES / "verification-of-masks", EXAMPLES / "photos"
    manifest = (example / "masks.manifest").read_text().replace("<jobs bucket>/photos", f"{cloud.bucket}/{job}/images")
    lines = [json.loads(line) for line in manifest.splitlines()]
    without = {"source-ref": lines[0]["source-ref"]}
    names = ("coffee.jpg", "coffee-mask.png", "chelsea.jpg", "chelsea-mask.png")
    files = {f"images/{name}": (photos / name).read_bytes() for name in names}
    cloud.drop(
        job,
        request("VerificationSemanticSegmentation", NumberOfHumanWorkersPerDataObject=2),
        [*lines, without],
        files | {"labels.json": (example / "labels.json").read_bytes()},
    )

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        overlay = page.split('overlay="', 1)[1].split('"', 1)[0]
        address = unescape(overlay).split("src: '", 1)[1].split("'", 1)[0]
        assert worker.client.load(address).body.startswith(b"\x89PNG")
        cup = "coffee-mask.png" in address
        return {"crowd-image-classifier": {"label": "too large", "workerComment": "rim"} if cup else {"label": "good"}}

    work(people[:2], job, answer)
    cloud.wait_for(job, "Completed")

    coffee, chelsea, unlabeled = cloud.output_lines(job)
    assert (coffee[job], chelsea[job]) == ("2", "0")
    assert coffee["areas-ref-metadata"] == lines[0]["areas-ref-metadata"]
    assert coffee[f"{job}-metadata"]["worker-feedback"] == [{"comment": "rim"}] * 2
    assert "worker-feedback" not in chelsea[f"{job}-metadata"]
    assert "no earlier label" in unlabeled[f"{job}-metadata"]["failure-reason"]


def test_a_custom_job_runs_the_customers_own_lambdas(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-meters")
    read_output = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{cloud.bucket}/*"}],
    }
    pre, post = CUSTOMER_FUNCTIONS
    functions = [
        cloud.create_function(pre, EXAMPLES / "custom" / "pre_annotation.py"),
        cloud.create_function(post, EXAMPLES / "custom" / "post_annotation.py", policy=read_output),
    ]
    source = json.loads((EXAMPLES / "custom" / "job.json").read_text())
    task = source["HumanTaskConfig"]
    task["UiConfig"]["UiTemplateS3Uri"] = f"s3://{cloud.bucket}/{job}/template.liquid.html"
    task["PreHumanTaskLambdaArn"] = functions[0]
    task["AnnotationConsolidationConfig"]["AnnotationConsolidationLambdaArn"] = functions[1]
    task["WorkteamArn"] = request("Custom")["HumanTaskConfig"]["WorkteamArn"]
    lines = [json.loads(line) for line in (EXAMPLES / "custom" / "readings.manifest").read_text().splitlines()]
    template = (EXAMPLES / "custom" / "template.liquid.html").read_bytes()
    cloud.drop(job, source, lines, {"template.liquid.html": template})

    work(people[:3], job, lambda *_: {"reading": "004519", "remarks": {"damage": False}})
    cloud.wait_for(job, "Completed", seconds=90)

    for line, original in zip(cloud.output_lines(job), lines, strict=True):
        metadata = line["meterReading-metadata"]
        if original["site"] == "retired":
            assert "excluded" in metadata["failure-reason"]
            continue
        assert line["meterReading"] == {"reading": "004519", "agreement": 1.0, "damage": False}
        assert metadata["type"] == "groundtruth/custom"
        assert metadata["job-name"] == job


def test_a_custom_job_without_lambdas_points_at_the_answers(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-plain")
    template = '<crowd-form><p>{{ task.input.source }}</p><crowd-input name="note"></crowd-input></crowd-form>'
    ui = {"UiTemplateS3Uri": f"s3://{cloud.bucket}/{job}/note.html"}
    human_task = request("Custom", NumberOfHumanWorkersPerDataObject=1, UiConfig=ui)["HumanTaskConfig"]
    cloud.drop(job, {"HumanTaskConfig": human_task}, [{"source": "rope <frayed>"}], {"note.html": template})

    pages: list[str] = []

    def answer(_: Worker, page: str) -> dict[str, Any]:
        pages.append(page)
        return {"note": "seen"}

    work(people[:1], job, answer)
    cloud.wait_for(job, "Completed")

    assert "rope &lt;frayed&gt;" in pages[0]
    (line,) = cloud.output_lines(job)
    assert line[job] == {}
    address = urlsplit(line[f"{job}-metadata"]["worker-response-ref"])
    answers = json.loads(cloud.get(address.path[1:]))["answers"]
    assert [answer["answerContent"] for answer in answers] == [{"note": "seen"}]


def test_a_job_that_has_ended_has_quality_figures_and_exports_beside_its_output_manifest(
    cloud: Cloud, people: list[Worker]
):
    job = cloud.job("e2e-exports")
    source = request("TextMultiClass", NumberOfHumanWorkersPerDataObject=1)
    source["Groundwork"]["Export"] = ["csv", "huggingface"]
    lines = [{"source": f"ticket {number}"} for number in range(4)] + [{"n": 4}]
    cloud.drop(job, source, lines, {"labels.json": label_file("calm", "angry")})
    work(people[:1], job, lambda _, page: {"crowd-classifier": {"label": "angry" if "3" in text_on(page) else "calm"}})
    cloud.wait_for(job, "Completed")

    folder = f"{job}/output/{job}/manifests/output"
    reports = [f"{folder}/{name}/export.json" for name in ("csv", "huggingface")]
    figures = [f"{folder}/quality.json", f"{folder}/report.html"]
    cloud.wait_until(lambda: set(figures) <= set(cloud.keys(f"{folder}/")), "the figures are there", seconds=90)
    quality, page = json.loads(cloud.get(figures[0])), cloud.get(figures[1]).decode()
    assert quality["objects"] == {
        "total": 5,
        "labeled": 4,
        "failed": 1,
        "unlabeled": 0,
        "copied": 0,
        "answersMissing": 0,
    }
    assert [label["objects"] for label in quality["labels"]] == [3, 1]
    assert quality["answers"]["count"] == 4
    assert job in page
    assert "<script" not in page
    cloud.wait_until(lambda: set(reports) <= set(cloud.keys(f"{folder}/")), "both exports are whole", seconds=90)
    for report in reports:
        assert json.loads(cloud.get(report))["leftOut"] == {"failed": 1}
        assert json.loads(cloud.get(report))["exported"] == 4
    table = csv.DictReader(io.StringIO(cloud.get(f"{folder}/csv/labels.csv").decode(), newline=""))
    assert [(row["source"], row["class_name"]) for row in table] == [
        ("ticket 0", "calm"),
        ("ticket 1", "calm"),
        ("ticket 2", "calm"),
        ("ticket 3", "angry"),
    ]
    rows = [json.loads(row) for row in cloud.get(f"{folder}/huggingface/data.ndjson").splitlines()]
    assert [row["label"] for row in rows] == [0, 0, 0, 1]
    assert b"class_label" in cloud.get(f"{folder}/huggingface/README.md")
    assert not any(key.endswith("error.json") for key in cloud.keys(f"{folder}/"))


def test_masks_are_consolidated_and_exported_by_functions_that_can_decode_them(cloud: Cloud, people: list[Worker]):
    job, labels = cloud.job("e2e-mask-exports"), ("deck", "mast")
    source = request("SemanticSegmentation", NumberOfHumanWorkersPerDataObject=1)
    source["Groundwork"]["Export"] = ["coco", "voc"]
    images = {f"images/{digit.name}": digit.png for digit in sample_digits(2, 7)}
    lines = [{"source-ref": f"s3://{cloud.bucket}/{job}/{name}"} for name in images]
    cloud.drop(job, source, lines, {**images, "labels.json": label_file(*labels)})
    painted = [[0, 1, 1, 0], [2, 1, 0, 0], [2, 2, 0, 0]]
    work(people[:1], job, lambda *_: semantic_answer(painted, labels))
    cloud.wait_for(job, "Completed")

    folder = f"{job}/output/{job}/manifests/output"
    reports = [f"{folder}/{name}/export.json" for name in ("coco", "voc")]
    cloud.wait_until(lambda: set(reports) <= set(cloud.keys(f"{folder}/")), "both exports are whole", seconds=90)
    document = json.loads(cloud.get(f"{folder}/coco/instances.json"))
    assert [image["file_name"] for image in document["images"]] == [name.removeprefix("images/") for name in images]
    assert [entry["segmentation"]["counts"] for entry in document["annotations"]] == [
        [3, 2, 1, 1, 5],
        [1, 2, 2, 1, 6],
    ] * 2
    masks = [key for key in cloud.keys(f"{folder}/voc/SegmentationClass/") if key.endswith(".png")]
    assert [opened(cloud.get(key)).tobytes() for key in masks] == [bytes(value for row in painted for value in row)] * 2


def test_gold_shows_a_careless_worker_who_is_then_left_out(cloud: Cloud, people: list[Worker]):
    job = cloud.job("e2e-gold")
    source = request("TextMultiClass", NumberOfHumanWorkersPerDataObject=2)
    gold = [{"source": f"gold {number} angry", f"{job}-gold": "angry"} for number in range(3)]
    lines = [{"source": "ticket 0 angry"}, *gold, {"source": "ticket 1 angry"}]
    cloud.drop(job, source, lines, {"labels.json": label_file("calm", "angry")})
    careless, pages = people[1].name, list[str]()

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        pages.append(page)
        angry = worker.name != careless and "angry" in text_on(page)
        return {"crowd-classifier": {"label": "angry" if angry else "calm"}}

    work(people[:2], job, answer)
    cloud.wait_for(job, "Completed")
    assert len(pages) == 10
    assert not [page for page in pages if "-gold" in page]
    figures = f"{job}/output/{job}/manifests/output/quality.json"
    cloud.wait_until(lambda: figures in cloud.keys(figures), "the figures are there", seconds=90)
    quality = json.loads(cloud.get(figures))
    assert quality["gold"]["answers"] == {"count": 6, "right": 3}
    annotated = [line[f"{job}-metadata"]["human-annotated"] for line in cloud.output_lines(job)]
    assert annotated == ["yes", "no", "no", "no", "yes"]
    (worst,) = [worker["workerId"] for worker in quality["workers"] if worker["gold"]["right"] == 0]

    def consolidated_again() -> bool:
        try:
            return exclude_workers(cloud.deployment, job, [worst])
        except SystemExit:
            # The figures are written while the job's last execution is still at work.
            return False

    def left_out() -> bool:
        return bool(json.loads(cloud.get(figures))["excludedWorkers"] == [worst])

    cloud.wait_until(consolidated_again, "the last execution has ended", seconds=60)
    cloud.wait_until(left_out, "the figures are those without the worker", seconds=120)
    output = cloud.output_lines(job)
    assert [line[job] for line in output] == [1] * 5
    assert [line[f"{job}-metadata"].get("answers-missing") for line in output] == [1, None, None, None, 1]
    assert len(json.loads(cloud.get(figures))["workers"]) == 1
    assert (cloud.record(job) or {})["status"] == "Completed"


def test_a_known_mask_is_read_where_it_lies_and_shows_who_paints_elsewhere(cloud: Cloud, people: list[Worker]):
    job, labels = cloud.job("e2e-mask-gold"), ("deck", "mast")
    images: dict[str, str | bytes] = {f"images/{digit.name}": digit.png for digit in sample_digits(3, 8)}
    right, wrong = [[0, 1, 1, 0], [0, 1, 1, 0]], [[1, 0, 0, 0], [1, 0, 0, 0]]
    lines: list[dict[str, Any]] = [{"source-ref": f"s3://{cloud.bucket}/{job}/{name}"} for name in images]
    known, gone = (f"s3://{cloud.bucket}/{job}/{name}.png" for name in ("known", "gone"))
    colors = {"internal-color-map": {"1": {"class-name": "deck", "hex-color": COLORS[0]}}}
    for line, mask in zip(lines, (known, gone), strict=False):
        line |= {f"{job}-ref-gold": mask, f"{job}-ref-gold-metadata": colors}
    files = {**images, "known.png": png(right, COLORS, "P"), "labels.json": label_file(*labels)}
    cloud.drop(job, request("SemanticSegmentation", NumberOfHumanWorkersPerDataObject=2), lines, files)
    careless = people[1].name
    work(people[:2], job, lambda worker, _: semantic_answer(wrong if worker.name == careless else right, labels))
    cloud.wait_for(job, "Completed")

    output = cloud.output_lines(job)
    assert output[0][f"{job}-ref"] == known
    assert output[0][f"{job}-ref-metadata"]["human-annotated"] == "no"
    assert f"{gone} is not there or may not be read" in output[1][f"{job}-ref-metadata"]["failure-reason"]
    figures = f"{job}/output/{job}/manifests/output/quality.json"
    cloud.wait_until(lambda: figures in cloud.keys(figures), "the figures are there", seconds=90)
    quality = json.loads(cloud.get(figures))
    assert quality["gold"]["answers"] == {"count": 2, "right": 1}
    assert sorted(worker["gold"]["right"] for worker in quality["workers"]) == [0, 1]
    assert quality["agreement"]["mean"] == 0
    assert [hard["objectId"] for hard in quality["hardest"]] == [2]
