"""Where in an HTML document the next character lands: only as exact as `to_json` needs (spec: crowd-elements §2.4)."""

from __future__ import annotations

import re
from enum import Enum, auto

_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "xmp"})
_MARKUP_START = re.compile(r"<(?:!--|!|\?|/?[a-zA-Z])")
_TAG_NAME = re.compile(r"[^\s/>]*")
_COMMENT_END = re.compile(r"--!?>")
_VALUE_START = re.compile(r"=\s*[\"']?|>")
_LONGEST_UNDECIDED = 12
"""Characters of `</textarea` and the one after it, beyond which a started end tag is decided."""


class _State(Enum):
    TEXT = auto()
    TAG_NAME = auto()
    TAG = auto()
    SINGLE_QUOTED = auto()
    DOUBLE_QUOTED = auto()
    COMMENT = auto()
    DECLARATION = auto()
    RAW_TEXT = auto()


class ScriptContext:
    """Reads a document piece by piece and knows whether it stands inside a script element."""

    def __init__(self) -> None:
        self._state = _State.TEXT
        self._element = ""
        self._rest = ""

    @property
    def in_script(self) -> bool:
        """Whether what comes next is the text of a script element."""
        return self._state is _State.RAW_TEXT and self._element == "script"

    def feed(self, text: str) -> None:
        """Read the next piece of the document."""
        text = self._rest + text
        position: int | None = 0
        while position is not None and position < len(text):
            self._rest = ""
            position = self._step(text, position)
        if position is not None:
            self._rest = ""

    def _step(self, text: str, position: int) -> int | None:
        """Read up to the next change of state; None when the piece ends before it."""
        match self._state:
            case _State.SINGLE_QUOTED:
                return self._skip_to("'", _State.TAG, text, position)
            case _State.DOUBLE_QUOTED:
                return self._skip_to('"', _State.TAG, text, position)
            case _State.DECLARATION:
                return self._skip_to(">", _State.TEXT, text, position)
        readers = {
            _State.TEXT: self._read_text,
            _State.TAG_NAME: self._read_tag_name,
            _State.TAG: self._read_tag,
            _State.COMMENT: self._read_comment,
            _State.RAW_TEXT: self._read_raw_text,
        }
        return readers[self._state](text, position)

    def _read_text(self, text: str, position: int) -> int | None:
        start = text.find("<", position)
        if start < 0:
            return None
        if len(text) - start < len("<!--") and not text[start + 1 : start + 3].strip("!-/"):
            self._rest = text[start:]
            return None
        markup = _MARKUP_START.match(text, start)
        if markup is None:
            return start + 1
        match markup.group():
            case "<!--":
                self._state = _State.COMMENT
                # `<!-->` is a whole comment, so its end may overlap its start.
                return start + len("<!")
            case "<!" | "<?":
                self._state = _State.DECLARATION
                return markup.end()
            case _:
                self._state = _State.TAG_NAME
                return start + 1

    def _read_tag_name(self, text: str, position: int) -> int | None:
        name = _TAG_NAME.match(text, position + text.startswith("/", position))
        if name is None or name.end() == len(text):
            self._rest = text[position:]
            return None
        self._element = text[position : name.end()].lower()
        self._state = _State.TAG
        return name.end()

    def _read_tag(self, text: str, position: int) -> int | None:
        mark = _VALUE_START.search(text, position)
        if mark is None:
            return None
        if mark.group() == ">":
            self._state = _State.RAW_TEXT if self._element in _RAW_TEXT else _State.TEXT
            return mark.end()
        if mark.group().endswith('"'):
            self._state = _State.DOUBLE_QUOTED
        elif mark.group().endswith("'"):
            self._state = _State.SINGLE_QUOTED
        elif mark.end() == len(text):
            self._rest = text[mark.start() :]
            return None
        return mark.end()

    def _read_comment(self, text: str, position: int) -> int | None:
        end = _COMMENT_END.search(text, position)
        if end is None:
            self._rest = text[-len("--!") :] if len(text) - position >= len("--!") else text[position:]
            return None
        self._state = _State.TEXT
        return end.end()

    def _read_raw_text(self, text: str, position: int) -> int | None:
        end = re.compile(rf"</{self._element}(?=[\s/>])", re.IGNORECASE).search(text, position)
        if end is None:
            undecided = text.rfind("</", max(position, len(text) - _LONGEST_UNDECIDED))
            if undecided < 0 and text.endswith("<"):
                undecided = len(text) - 1
            self._rest = text[undecided:] if undecided >= 0 else ""
            return None
        self._state = _State.TAG
        self._element = f"/{self._element}"
        return end.end()

    def _skip_to(self, character: str, state: _State, text: str, position: int) -> int | None:
        end = text.find(character, position)
        if end < 0:
            return None
        self._state = state
        return end + 1
