"""The forms that labels have in an output line (spec: data-formats §11), and the formats that can hold each form."""

from __future__ import annotations

from enum import Enum


class LabelForm(Enum):
    """What the label attribute and its metadata look like; the value lists the export formats that can hold it."""

    formats: tuple[str, ...]

    def __new__(cls, name: str, *formats: str) -> LabelForm:
        """Make a form; the names of formats are those of `groundwork.exports.registry`."""
        form = object.__new__(cls)
        form._value_ = name
        form.formats = formats
        return form

    CLASS = "class", "csv", "huggingface"
    """One class id."""
    CLASSES = "classes", "csv", "huggingface"
    """A list of class ids."""
    BOXES = "boxes", "coco", "csv", "huggingface", "voc", "yolo"
    """Rectangles on an image."""
    POLYGONS = "polygons", "coco", "csv", "huggingface", "yolo"
    """Closed outlines on an image."""
    PATHS = "paths", "csv", "huggingface"
    """Open lines of two or more vertices on an image."""
    POINTS = "points", "coco", "csv", "huggingface"
    """Single places on an image."""
    CLASS_MASK = "class mask", "coco", "csv", "huggingface", "voc"
    """The address of a mask that gives each pixel a class."""
    INSTANCE_MASK = "instance mask", "coco", "csv", "huggingface"
    """The address of a mask that gives each pixel an instance, and the instances their classes."""
    ENTITIES = "entities", "conll", "csv", "huggingface"
    """Spans of a text."""
    ANY = "any", "csv"
    """Whatever a custom job's own functions make of the answers."""
