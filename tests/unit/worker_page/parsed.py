"""Render a template and read the result as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from groundwork.job.s3_uri import S3Uri
from groundwork.worker_page.liquid import Rendered, compile_template

SIGNATURE = "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=4f1c"


def signed(uri: S3Uri) -> str:
    return f"https://{uri.bucket}.s3.eu-central-1.amazonaws.com/{uri.key}{SIGNATURE}"


def rendered(source: str, **task_input: Any) -> Rendered:
    return compile_template(source).render(task_input, signed)


def html(source: str, **task_input: Any) -> str:
    return rendered(source, **task_input).html


class Document(HTMLParser):
    """Elements in order, with their attributes, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def attribute(self, tag: str, name: str) -> str | None:
        return next(attributes[name] for found, attributes in self.elements if found == tag)


def document(source: str, **task_input: Any) -> Document:
    return Document(html(source, **task_input))
