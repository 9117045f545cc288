"""Preview a worker template in the portal's sandbox: `make preview TEMPLATE=… INPUT=…`.

As Ground Truth's RenderUiTemplate: prints a list of errors and ends with 1, or renders the page. The page is written
to `.local/preview/page.html` and served on the loopback interface until Ctrl+C.
"""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from groundwork.worker_page.bundle import ELEMENTS
from groundwork.worker_page.context import Grant
from groundwork.worker_page.page import error_page

from local.preview_input import PreviewError, PreviewInput, plain_input, typed_input
from local.preview_page import PreviewPage, preview_page, signing
from local.preview_server import PreviewServer
from local.settings import ROOT

WRITTEN = ROOT / ".local" / "preview" / "page.html"


def main(arguments: Sequence[str] | None = None) -> int:
    """Render, then serve until Ctrl+C; returns the exit code."""
    wish = _parser().parse_args(arguments)
    grant = signing()
    server = PreviewServer(lambda place: _page_again(wish, grant, place), wish.input.parent, wish.port)
    with server:
        try:
            page = preview_page(source_of(wish), grant, place=server.address)
        except PreviewError as error:
            print(json.dumps({"Errors": error.errors}, indent=2, ensure_ascii=False))
            return 1
        WRITTEN.parent.mkdir(parents=True, exist_ok=True)
        WRITTEN.write_text(page.html, "utf-8")
        _warn(page)
        # A shell that starts this in the background has it ignore Ctrl+C's signal.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        print(f"preview at {server.address} (rendered page: {WRITTEN.relative_to(ROOT)}), Ctrl+C ends", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def source_of(wish: Namespace) -> PreviewInput:
    """Read what is to be shown.

    Raises
    ------
    PreviewError
        It can't be read, or is no task.
    """
    if wish.type:
        request = {"Groundwork": {"TaskType": wish.type}}
        return typed_input(request, wish.input, wish.line, labels=wish.labels, template=wish.template)
    if wish.template is None:
        raise PreviewError.of_input("TEMPLATE=<path> or TYPE=<task type> is missing")
    return plain_input(wish.template, wish.input, wish.line)


def _page_again(wish: Namespace, grant: Grant, place: str) -> PreviewPage:
    """Render for one load of the page: the files may have been edited since."""
    try:
        page = preview_page(source_of(wish), grant, place=place)
    except PreviewError as error:
        print(json.dumps({"Errors": error.errors}, indent=2, ensure_ascii=False), flush=True)
        empty = preview_page(PreviewInput("<p></p>", {}, "Preview"), grant, place=place)
        html = error_page("\n".join(found["Message"] for found in error.errors), elements_url=f"{place}{ELEMENTS}")
        return PreviewPage(html, empty.headers, ())
    return page


def _warn(page: PreviewPage) -> None:
    for warning in page.warnings:
        print(f"warning: {warning}", file=sys.stderr)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="make preview", description="Preview a worker template")
    parser.add_argument("--template", type=Path, help="Liquid template; without it the task type's own")
    parser.add_argument("--input", type=Path, required=True, help="task.input as JSON, or a manifest")
    parser.add_argument("--type", help="task type that makes task.input of a manifest line")
    parser.add_argument("--labels", type=Path, help="label file; without it labels.json beside the manifest")
    parser.add_argument("--line", type=int, default=1, help="line of the manifest, from 1")
    parser.add_argument("--port", type=int, default=0, help="port on the loopback interface; 0: a free one")
    return parser


if __name__ == "__main__":
    sys.exit(main())
