"""The data objects of the report that are least sure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from groundwork.quality.measure import Json
from groundwork.quality.report_tables import number, section


def hardest(document: Mapping[str, Json], pictures: Mapping[int, str | None]) -> str:
    """Show a card for each of the hardest data objects."""
    cards = "".join(_card(hard, pictures.get(hard["objectId"])) for hard in document["hardest"])
    return section("Hardest data objects", f'<div class="cards">{cards}</div>') if cards else ""


def _card(hard: Mapping[str, Json], picture: str | None) -> str:
    given = ", ".join(f"{escape(label)} {count}" for label, count in hard["given"].items())
    return (
        f'<div class="card">{_shown(hard["dataObject"], picture)}<div class="text">'
        f"<b>{escape(_labels(hard['labels']))}</b>"
        f'<p class="quiet">confidence {number(hard["confidence"])} · agreement {number(hard["agreement"])}</p>'
        + (f"<p>given: {given}</p>" if given else "")
        + f"<code>{_place(hard)}</code></div></div>"
    )


def _labels(names: list[str] | None) -> str:
    return "not read" if names is None else ", ".join(names) or "no label"


def _shown(data_object: Mapping[str, str], picture: str | None) -> str:
    if picture is not None:
        return f'<img src="{escape(picture)}" alt="">'
    return f"<blockquote>{escape(data_object['content'])}</blockquote>" if "content" in data_object else ""


def _place(hard: Mapping[str, Json]) -> str:
    address = hard["dataObject"].get("s3Uri")
    return f"object {hard['objectId']}" + (f" · {escape(address)}" if address else "")
