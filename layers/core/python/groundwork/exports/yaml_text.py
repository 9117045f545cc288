"""Texts in YAML: JSON's double-quoted form, which YAML has too, without the characters that YAML reads otherwise."""

from __future__ import annotations

import json
import re

_SPECIAL = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""Line breaks of YAML, and what its readers refuse (YAML 1.1, §5.1 and §5.4)."""


def yaml_text(text: str) -> str:
    """Quote a text."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
