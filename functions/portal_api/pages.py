"""The page of a task: the worker template, rendered for one data object."""

from __future__ import annotations

import hmac
import json
from functools import cache
from typing import Any

from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.task_dispatch.slots import HOLDING, QueuedObject
from groundwork.worker_page.bundle import ELEMENTS, bundle_for
from groundwork.worker_page.errors import TemplateError
from groundwork.worker_page.headers import page_headers
from groundwork.worker_page.liquid import Rendered, Template, compile_template
from groundwork.worker_page.page import build_page, error_page

from functions import wiring
from functions.observability import logger
from functions.portal_api.refusal import RefusalError

ADDRESS_SECONDS = 3_600
"""Life of a presigned address: an hour at most, renewed by the portal."""


def held_by_token(at: JobAtHand, entry: int, token: str) -> QueuedObject:
    """Find the task that this token opens: whoever holds it may see the object, and nobody else.

    Raises
    ------
    RefusalError
        Nobody holds the task with this token.
    """
    item = at.queue.find(entry)
    slots = item.slots.values() if item else ()
    if item is None or not any(
        slot.state in HOLDING and hmac.compare_digest(slot.token.encode(), token.encode()) for slot in slots
    ):
        raise RefusalError(404, "not_leased", "This task is not yours any more.")
    return item


def render(at: JobAtHand, item: QueuedObject) -> Rendered:
    """Render the job's template for one data object.

    Raises
    ------
    TemplateError
        The template can't be rendered with this input.
    """
    template = _template(at.job.template_uri, at.task_type.name, at.record.created_at)
    return template.render(task_input(at, item), lambda granted: at.store.presigned(granted, ADDRESS_SECONDS))


def task_input(at: JobAtHand, item: QueuedObject) -> dict[str, Any]:
    """Read `task.input` of one data object."""
    uri = at.paths.task_input(item.shard)
    record = json.loads(at.store.read(uri, start=item.offset, end=item.offset + item.length))
    return dict(record["taskInput"])


def page(at: JobAtHand, item: QueuedObject) -> tuple[str, dict[str, str]]:
    """Build the HTML of a task and its headers; a template that fails becomes a page that says so."""
    env = wiring.environment()
    try:
        rendered = render(at, item)
    except TemplateError as error:
        logger.error("template can't be rendered", job=at.job.key, entry=item.entry, error=str(error))
        elements = f"{env.portal_url}/{ELEMENTS}"
        html, granted = error_page(str(error), elements_url=elements), []
    else:
        elements = f"{env.portal_url}/{bundle_for(rendered.html, at.job.script_sources)}"
        html = build_page(rendered.html, elements_url=elements, title=at.job.title)
        granted = list(rendered.granted.values())
    headers = page_headers(
        elements_url=elements,
        portal_origin=env.portal_url,
        granted_urls=granted,
        script_sources=at.job.script_sources,
        inline_scripts=at.task_type.human_task_ui is None,
    )
    return html, headers


@cache
def _template(uri: str | None, task_type: str, created_at: float) -> Template:
    from groundwork.task_types import registry  # noqa: PLC0415

    if uri is None:
        return compile_template(registry.get(task_type).default_template or "")
    return compile_template(wiring.store().read(S3Uri.parse(uri)).decode("utf-8-sig"))
