"""What the browser may do with a worker's page (spec: crowd-elements §1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_ORIGIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


def content_security_policy(
    *,
    elements_url: str,
    portal_origin: str,
    granted_urls: Iterable[str],
    script_sources: Iterable[str] = (),
    inline_scripts: bool = True,
) -> str:
    """Form the policy of one page: an origin of its own, and nothing reachable but what is listed.

    Parameters
    ----------
    elements_url
        Address of the bundle of crowd elements.
    portal_origin
        The only site that may show the page in a frame.
    granted_urls
        Addresses the page was granted; images and media may come from their origins.
    script_sources
        Origins of scripts and styles the job allows.
    inline_scripts
        Whether scripts in the page itself may run: templates are made of them, texts of a label file are not.

    Raises
    ------
    ValueError
        One of them has no http or https origin.
    """
    code = " ".join(_origins([elements_url, *script_sources]))
    inline = "'unsafe-inline' "
    media = " ".join(["data:", "blob:", *_origins(granted_urls)])
    return "; ".join(
        (
            "sandbox allow-scripts allow-forms allow-modals",
            "default-src 'none'",
            f"script-src {inline if inline_scripts else ''}{code}",
            f"style-src {inline}{code}",
            f"img-src {media}",
            f"media-src {media}",
            "font-src data:",
            "connect-src 'none'",
            "worker-src blob:",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {_origin(portal_origin)}",
        )
    )


def page_headers(
    *,
    elements_url: str,
    portal_origin: str,
    granted_urls: Iterable[str],
    script_sources: Iterable[str] = (),
    inline_scripts: bool = True,
) -> dict[str, str]:
    """Form all response headers of a worker's page; the parameters are those of `content_security_policy`."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": content_security_policy(
            elements_url=elements_url,
            portal_origin=portal_origin,
            granted_urls=granted_urls,
            script_sources=script_sources,
            inline_scripts=inline_scripts,
        ),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


def _origins(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(_origin, addresses)))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    # Anything else, a space or a semicolon above all, could add a rule of its own to the policy.
    if not _ORIGIN.fullmatch(origin):
        raise ValueError(f"expected an address with an http or https origin, got {address!r}")
    return origin
