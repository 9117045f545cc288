"""A previewed task as the portal would serve it: the rendered page and its headers."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import boto3
from groundwork.aws.object_store import ObjectStore
from groundwork.job.s3_uri import S3Uri
from groundwork.worker_page.bundle import bundle_for
from groundwork.worker_page.context import Grant
from groundwork.worker_page.errors import TemplateError
from groundwork.worker_page.headers import page_headers
from groundwork.worker_page.liquid import Rendered, compile_template
from groundwork.worker_page.page import build_page

from local.cloud import running_pid
from local.preview_input import PreviewError, PreviewInput
from local.settings import default_settings

ADDRESS_SECONDS = 3_600
"""Life of a signed address; rendering again, which a reload does, signs anew."""
_HTTPS = re.compile(r"https://[a-z0-9.-]+(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page as the frame loads it."""

    html: str
    headers: Mapping[str, str]
    warnings: tuple[str, ...]


def rendered(source: PreviewInput, grant: Grant) -> Rendered:
    """Fill a template.

    Raises
    ------
    PreviewError
        With every error of the template.
    """
    try:
        return compile_template(source.template).render(source.task_input, grant)
    except TemplateError as error:
        raise PreviewError.of_template(error) from error


def preview_page(source: PreviewInput, grant: Grant, *, place: str) -> PreviewPage:
    """Render a page and put the sandbox around it.

    Images may come from where the task's do, and from this machine and the https hosts that the input names, which a
    job's page may not: a preview need not have its data in S3.

    Parameters
    ----------
    place
        Address below which the elements lie, with a slash at its end.

    Raises
    ------
    PreviewError
        With every error of the template.
    """
    filled = rendered(source, grant)
    elements = f"{place}{bundle_for(filled.html, source.script_sources)}"
    headers = page_headers(
        elements_url=elements,
        portal_origin=place,
        granted_urls=[place, *filled.granted.values(), *_https_origins(source.task_input)],
        script_sources=source.script_sources,
        inline_scripts=source.inline_scripts,
    )
    html = build_page(filled.html, elements_url=elements, title=source.title)
    return PreviewPage(html, headers, (*source.warnings, *filled.warnings))


def signing() -> Grant:
    """Sign addresses with the local cloud's keys if it runs, else with those of the current AWS credentials.

    Without either, an address stays unsigned and a warning says so once for each object.
    """
    settings = default_settings()
    if os.environ.get("CLOUD", "local") == "local" and running_pid(settings) is not None:
        settings.connect()
    if boto3.Session().get_credentials() is None:
        return _unsigned
    store = ObjectStore(boto3.client("s3"))
    return lambda uri: store.presigned(uri, ADDRESS_SECONDS)


def _unsigned(uri: S3Uri) -> str:
    print(f"warning: no AWS credentials, so {uri} is shown unsigned: it loads only if it is public", file=sys.stderr)
    return f"https://{uri.bucket}.s3.amazonaws.com/{quote(uri.key)}"


def _https_origins(value: Any) -> Iterator[str]:
    match value:
        case str():
            parts = urlsplit(value) if value.startswith("https://") else None
            origin = f"https://{parts.netloc}".lower() if parts else ""
            if _HTTPS.fullmatch(origin):
                yield origin
        case Mapping():
            for each in value.values():
                yield from _https_origins(each)
        case list():
            for each in value:
                yield from _https_origins(each)
