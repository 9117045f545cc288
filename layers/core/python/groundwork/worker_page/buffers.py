"""Where rendered text goes: the page itself, or a `capture`."""

from __future__ import annotations

from io import StringIO
from typing import TextIO

from groundwork.worker_page.limits import OUTPUT_BYTES, output_limit
from groundwork.worker_page.script_context import ScriptContext
from groundwork.worker_page.text_forms import Captured, Forms


class PageBuffer(StringIO):
    """The page; each value is written in the form its place asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._size = 0
        self._context = ScriptContext()

    def write(self, text: str, /) -> int:
        """Append text as it is.

        Raises
        ------
        OutputStreamLimitError
            The page would be too large.
        """
        self._size += len(text.encode("utf-8", "surrogatepass"))
        if self._size > OUTPUT_BYTES:
            raise output_limit()
        self._context.feed(text)
        return super().write(text)

    def write_forms(self, forms: Forms) -> int:
        """Append a value."""
        return self.write(forms.script if self._context.in_script else forms.html)


class CaptureBuffer(StringIO):
    """A `capture`: where it will be printed is not known yet, so every form is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[Forms] = []
        self._size = 0

    def write(self, text: str, /) -> int:
        """Append text as it is."""
        return self.write_forms(Forms(text, text, text))

    def write_forms(self, forms: Forms) -> int:
        """Append a value.

        Raises
        ------
        OutputStreamLimitError
            The captured text would be too large.
        """
        self._size += len(forms.html)
        if self._size > OUTPUT_BYTES:
            raise output_limit()
        self._pieces.append(forms)
        return len(forms.html)

    def captured(self) -> Captured:
        """Give what was captured."""
        return Captured(Forms(*("".join(form) for form in zip(*self._pieces, strict=True)))) if self._pieces else EMPTY


EMPTY = Captured(Forms("", "", ""))


def write_forms(forms: Forms, buffer: TextIO) -> int:
    """Write a value to whichever buffer it is rendered to."""
    if isinstance(buffer, PageBuffer | CaptureBuffer):
        return buffer.write_forms(forms)
    return buffer.write(forms.html)
