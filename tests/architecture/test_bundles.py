from __future__ import annotations

import re
from pathlib import Path

from groundwork.worker_page.bundle import ALL_ELEMENTS, CORE_ELEMENTS, ELEMENTS, bundle_for

ELEMENTS_FOLDER = Path(__file__).parents[2] / "portal" / "src" / "elements"


def test_the_small_bundle_holds_what_the_portal_api_believes_it_holds() -> None:
    imports = re.findall(r'"\./(crowd-[a-z-]+)/', (ELEMENTS_FOLDER / "core.ts").read_text())
    assert set(imports) == CORE_ELEMENTS


def test_every_element_is_in_the_large_bundle() -> None:
    listed = (ELEMENTS_FOLDER / "core.ts").read_text() + (ELEMENTS_FOLDER / "index.ts").read_text()
    folders = {folder.name for folder in ELEMENTS_FOLDER.glob("crowd-*")}
    assert set(re.findall(r'"\./(crowd-[a-z-]+)/', listed)) == folders


def test_a_page_gets_the_large_bundle_when_it_names_one_of_its_elements_or_loads_scripts() -> None:
    tag = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>'
    form = f"{tag}<crowd-form><crowd-input name='a'></crowd-input></crowd-form>"
    ready = "<script>document.addEventListener('all-crowd-elements-ready', go)</script>"
    assert bundle_for(form + ready) == ELEMENTS
    assert bundle_for(form, ["https://cdn.example.com"]) == ALL_ELEMENTS
    assert bundle_for(form + "<script>document.createElement('crowd-polygon')</script>") == ALL_ELEMENTS
    assert bundle_for("<crowd-entity-annotation></crowd-entity-annotation>") == ALL_ELEMENTS
