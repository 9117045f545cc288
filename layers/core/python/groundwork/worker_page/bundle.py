"""Which bundle of crowd elements a page needs: drawing and marking tools are as large as everything else together."""

from __future__ import annotations

import re
from collections.abc import Collection

ELEMENTS = "elements.js"
ALL_ELEMENTS = "all-elements.js"

CORE_ELEMENTS = frozenset(
    {
        "crowd-alert",
        "crowd-badge",
        "crowd-button",
        "crowd-card",
        "crowd-checkbox",
        "crowd-classifier",
        "crowd-classifier-multi-select",
        "crowd-fab",
        "crowd-form",
        "crowd-icon-button",
        "crowd-image-classifier",
        "crowd-image-classifier-multi-select",
        "crowd-input",
        "crowd-instructions",
        "crowd-modal",
        "crowd-radio-button",
        "crowd-radio-group",
        "crowd-slider",
        "crowd-slider-label",
        "crowd-tab",
        "crowd-tabs",
        "crowd-text-area",
        "crowd-toast",
        "crowd-toggle-button",
    }
)
"""The elements in the small bundle (portal/src/elements/core.ts)."""

_NAME = re.compile(r"crowd-[a-z][a-z0-9-]*[a-z0-9]")
_OTHERS = frozenset({"crowd-html-elements", "crowd-html-elements-v2", "crowd-elements-ready"})


def bundle_for(page: str, script_sources: Collection[str] = ()) -> str:
    """Choose the bundle of a page by the elements it names anywhere, its scripts included.

    A page that loads scripts from elsewhere gets everything, since those may make any element.
    """
    named = set(_NAME.findall(page)) - _OTHERS
    return ELEMENTS if named <= CORE_ELEMENTS and not script_sources else ALL_ELEMENTS
