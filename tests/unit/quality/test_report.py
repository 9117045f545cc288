"""The report stands alone, and nothing of a job can break out of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from groundwork.quality.figures import Figures
from groundwork.quality.report import POLICY, report
from groundwork.quality.report_tables import MOST_WORKERS
from groundwork.task_types import registry

from tests.formats.jobs import image_job
from tests.unit.quality.judged_objects import judged

NASTY = "</style><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
VOID = {"meta", "img"}
LOADING = {"src", "href", "xlink:href", "srcset", "action", "data", "poster"}
PIXEL = "data:image/jpeg;base64,AAAA"


class Page(HTMLParser):
    """Tags, attributes and texts, and whether every tag is closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def document(objects=40, labels=("boat", NASTY), worker="ada", text=NASTY, **changes):
    job = image_job(labels=labels, name="Pier-Kind", title=NASTY)
    figures = Figures(job, registry.get("ImageMultiClass").agreement)
    for number in range(objects):
        figures.add(
            judged(
                number,
                {worker: number % 2, "bo": 1, "cy": 1},
                1,
                0.9,
                data_object={"content": text},
                iteration=number // 20 + 1,
            )
        )
    heading = {
        "labelingJobName": job.name,
        "title": job.title,
        "taskType": job.task_type,
        "consolidationAlgorithm": "default",
        "workersPerDataObject": 3,
        "status": "Completed",
        "objects": {"total": objects, "labeled": objects, "failed": 0, "unlabeled": 0, "copied": 0, "short": 0},
    }
    return {**heading, **figures.document(), **changes}


def test_nothing_of_a_job_becomes_markup():
    found = document(worker=NASTY)
    page = Page(report(found, {}))
    assert not page.open
    assert set(page.tags).isdisjoint({"script", "iframe", "object", "link", "form", "base", "a"})
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    text = "".join(page.texts)
    assert text.count(NASTY) >= 4, "title, label, worker and data objects are shown as they are"


def test_nothing_is_loaded_from_anywhere():
    pictures = {hard["objectId"]: PIXEL for hard in document()["hardest"]}
    text = report(document(), pictures)
    page = Page(text)
    loaded = [value for name, value in page.attributes if name in LOADING]
    assert set(loaded) == {PIXEL}
    assert "@import" not in text
    assert not re.search(r"url\(", text)
    assert ("content", POLICY) in page.attributes
    assert "script-src" not in text


def test_the_report_shows_the_figures():
    found = document(labels=("boat", "net"), text="a net on the pier")
    text = "".join(Page(report(found, {})).texts)
    for part in (
        "Pier-Kind",
        "Completed",
        "40",
        "120",
        "Krippendorff's alpha",
        "ada",
        "a net on the pier",
        "Iterations",
    ):
        assert part in text
    ada = next(worker for worker in found["workers"] if worker["workerId"] == "ada")
    assert f"{ada['quality']['value']:.2f}" in text


def test_the_report_says_what_was_not_compared():
    found = document(objects=4)
    found["agreement"]["sample"] = {"objects": 3_400, "of": 10_000}
    found["hardest"][0]["labels"] = None
    text = "".join(Page(report(found, {})).texts)
    assert "3,400 of 10,000 data objects compared" in text
    assert "not read" in text
    assert "not read" not in "".join(Page(report(document(objects=4), {})).texts)


def test_a_job_without_figures_has_a_report_too():
    figures = Figures(image_job(workers_per_object=1), None)
    figures.add(judged(0, {"ada": None}))
    text = report({**document(), **figures.document()}, {})
    assert not Page(text).open
    assert "one worker was asked" in text


def test_of_very_many_workers_the_busiest_are_shown_and_the_rest_counted():
    workers = [
        {
            "workerId": f"w{number:04d}",
            "answers": number,
            "meanSeconds": None,
            "agreementWithLabel": None,
            "agreementWithOthers": None,
            "quality": None,
        }
        for number in range(MOST_WORKERS + 7)
    ]
    text = "".join(Page(report(document(workers=workers), {})).texts)
    assert "7 more workers" in text
    assert "w0506" in text
    assert "w0006" not in text
