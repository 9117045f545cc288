"""A task's image or text in the browser, worked on by mouse as a person does."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.end_to_end.browser import Desk

Place = tuple[float, float]
"""Pixels of the stored image."""

_RECT = """([element, start, end]) => {
  const text = document.querySelector(element).shadowRoot.querySelector("groundwork-text");
  const [first, last] = [text.rectAt(start), text.rectAt(end - 1)];
  return [(first.left + last.right) / 2, (first.top + first.bottom) / 2];
}"""


class Canvas:
    """The image of an annotation widget; `size` is that of the stored image."""

    def __init__(self, desk: Desk, element: str, size: tuple[int, int]) -> None:
        self._desk = desk
        self._drawing = desk.task.locator(f"{element} canvas.upper-canvas")
        self._size = size
        expect(desk.task.locator(f"{element} .stage.there")).to_be_visible()

    def click(self, *places: Place) -> None:
        """Click on one place after the other."""
        for place in places:
            self._desk.page.mouse.click(*self._at(place))

    def drag(self, start: Place, *over: Place) -> None:
        """Drag from one place over others to the last."""
        mouse = self._desk.page.mouse
        mouse.move(*self._at(start))
        mouse.down()
        for place in over:
            mouse.move(*self._at(place), steps=4)
        mouse.up()

    def _at(self, place: Place) -> Place:
        box = self._drawing.bounding_box()
        assert box is not None
        return (
            box["x"] + place[0] / self._size[0] * box["width"],
            box["y"] + place[1] / self._size[1] * box["height"],
        )


def double_click_word(desk: Desk, element: str, start: int, end: int) -> None:
    """Double-click in the middle of a stretch of a text, counted in characters."""
    frame = desk.page.locator("iframe.current").bounding_box()
    assert frame is not None
    x, y = desk.task_frame.evaluate(_RECT, [element, start, end])
    desk.page.mouse.dblclick(frame["x"] + x, frame["y"] + y)
