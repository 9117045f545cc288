"""The parts of the report that are tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from groundwork.quality.charts import interval
from groundwork.quality.measure import Json

NOTHING = "\N{EN DASH}"
"""Stands where there is no figure."""
MOST_WORKERS = 500
"""Rows of workers on the page; quality.json has all."""


def number(value: float | None) -> str:
    """Write a figure between 0 and 1 for people; a dash for none."""
    return NOTHING if value is None else f"{value:.2f}"


def section(title: str, content: str) -> str:
    """Frame a part of the page; `content` is HTML."""
    return f"<section><h2>{escape(title)}</h2>{content}</section>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, drawn: int | None = None) -> str:
    """Lay out cells that are HTML already: the first names the row, the others are numbers, `drawn` is a picture."""
    kinds = ["drawn" if place == drawn else "number" if place else "name" for place in range(len(heads))]
    top = "".join(f'<th class="{kind}">{escape(head)}</th>' for kind, head in zip(kinds, heads, strict=True))
    body = "".join(
        "<tr>" + "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in zip(kinds, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def workers(document: Mapping[str, Json]) -> str:
    """List the workers, those with the most answers first."""
    found = sorted(document["workers"], key=lambda worker: (-worker["answers"], worker["workerId"]))
    if not found:
        return ""
    estimated = any(worker["quality"] for worker in found)
    before = any(worker["earlier"] for worker in found)
    gold = document["gold"]["objects"] > 0
    rows = [_worker(worker, estimated=estimated, before=before, gold=gold) for worker in found[:MOST_WORKERS]]
    heads = (
        "Worker",
        *(("Estimated quality", "") if estimated else ()),
        *(("Before this job",) if before else ()),
        "Answers",
        "Seconds",
        "With label",
        "With others",
        *(("Gold",) if gold else ()),
    )
    rest = len(found) - len(rows)
    more = f'<p class="quiet">{rest:,} more workers are in quality.json.</p>' if rest else ""
    return section("Workers", table(heads, rows, drawn=1 if estimated else None) + more)


def _worker(worker: Mapping[str, Json], *, estimated: bool, before: bool, gold: bool) -> list[str]:
    quality, seconds = worker["quality"], worker["meanSeconds"]
    drawn: list[str] = []
    if estimated and quality:
        low, high = quality["interval"]
        drawn = [interval(quality["value"], low, high, _in_words(quality)), _in_words(quality)]
    elif estimated:
        drawn = ["", NOTHING]
    return [
        escape(worker["workerId"]),
        *drawn,
        *([_in_words((worker["earlier"] or {}).get("quality"))] if before else []),
        f"{worker['answers']:,}",
        NOTHING if seconds is None else f"{seconds:,.1f}",
        number(worker["agreementWithLabel"]),
        number(worker["agreementWithOthers"]),
        *([f"{worker['gold']['right']:g} of {worker['gold']['answers']:,}"] if gold else []),
    ]


def _in_words(quality: Mapping[str, Json] | None) -> str:
    if not quality:
        return NOTHING
    low, high = quality["interval"]
    return f"{number(quality['value'])} ({number(low)} to {number(high)})"


def iterations(document: Mapping[str, Json]) -> str:
    """List the iterations; a job of one has nothing to compare."""
    found = document["iterations"]
    if len(found) < 2:
        return ""
    rows = [
        (
            str(part["iteration"]),
            f"{part['objects']:,}",
            f"{part['labeled']:,}",
            f"{part['answers']:,}",
            f"{part['missing']:,}",
            number(part["agreement"]),
            number(part["confidence"]),
            escape(part["to"].replace("T", " ").removesuffix(":00Z").removesuffix("Z")),
        )
        for part in found
    ]
    heads = ("Iteration", "Data objects", "Labeled", "Answers", "Missing", "Agreement", "Confidence", "Until, UTC")
    return section("Iterations", table(heads, rows))
