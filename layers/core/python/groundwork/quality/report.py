"""The quality figures as one page: no script, no request, nothing but what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib import resources

from groundwork.quality.automation import automated_labels
from groundwork.quality.measure import Json
from groundwork.quality.report_charts import confidences, labels, progress
from groundwork.quality.report_objects import hardest
from groundwork.quality.report_tables import NOTHING, iterations, number, workers

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Whatever stands in a label or a text, the page loads nothing and runs nothing."""


def report(document: Mapping[str, Json], pictures: Mapping[int, str | None]) -> str:
    """Write the page.

    Parameters
    ----------
    document
        What `quality.json` holds.
    pictures
        Object id → `data:` address of a thumbnail; None or absent without one.
    """
    name = escape(document["labelingJobName"])
    style = resources.files(__package__).joinpath("report.css").read_text("utf-8")
    parts = (
        _heading(document),
        _tiles(document),
        f'<div class="pair">{progress(document)}{confidences(document)}</div>',
        labels(document),
        automated_labels(document),
        workers(document),
        iterations(document),
        hardest(document, pictures),
        "<footer>The same figures stand in quality.json, beside output.manifest.</footer>",
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Quality of {name}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _heading(document: Mapping[str, Json]) -> str:
    status = escape(document["status"])
    least, most = document.get("minWorkersPerDataObject"), document["workersPerDataObject"]
    workers = f"{least} to {most}" if least is not None else f"{most}"
    return (
        f"<header><h1>{escape(document['labelingJobName'])}</h1>"
        f'<p><span class="status {status}">{status}</span> '
        f'<span class="quiet">{escape(document["title"])} · {escape(document["taskType"])} · '
        f"{workers} workers a data object</span></p></header>"
    )


def _sample(agreement: Mapping[str, Json]) -> str:
    sample = agreement.get("sample")
    return f"; {sample['objects']:,} of {sample['of']:,} data objects compared" if sample else ""


def _tiles(document: Mapping[str, Json]) -> str:
    objects, answers, agreement = document["objects"], document["answers"], document["agreement"]
    seconds = answers["meanSeconds"]
    measured = agreement["measure"] or "agreement of answers"
    tiles = [
        (f"{objects['labeled']:,}", f"of {objects['total']:,} data objects labeled"),
        (f"{objects['failed']:,}", "failed"),
        (f"{answers['count']:,}", f"answers, {answers['missing']:,} missing"),
        (NOTHING if seconds is None else f"{seconds:,.1f} s", "mean time of an answer"),
        (number(agreement["mean"]), f"agreement: {measured}{_sample(agreement)}"),
        (number(document["confidence"]["mean"]), "mean confidence"),
    ]
    if agreement["alpha"] is not None:
        tiles.insert(4, (number(agreement["alpha"]), "Krippendorff's alpha"))
    if "saved" in answers:
        share = answers["saved"] / answers["most"]
        tiles.insert(3, (f"{answers['saved']:,}", f"answers saved of at most {answers['most']:,} ({share:.0%})"))
    gold = document["gold"]
    if gold["objects"]:
        words = f"right answers to {gold['objects']:,} gold objects"
        tiles.append((f"{gold['answers']['right']:g} of {gold['answers']['count']:,}", words))
    drawn = "".join(f'<div class="tile"><b>{big}</b><span>{escape(small)}</span></div>' for big, small in tiles)
    return f'<div class="tiles">{drawn}</div>'
