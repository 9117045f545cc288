"""The export formats there are. A new one is a module of its own, a line here, and its name in `LabelForm`."""

from __future__ import annotations

from groundwork.exports.coco import write_coco
from groundwork.exports.conll import write_conll
from groundwork.exports.csv_table import write_csv
from groundwork.exports.export_file import ExportFormat
from groundwork.exports.hugging_face import write_hugging_face
from groundwork.exports.voc import write_voc
from groundwork.exports.yolo import write_yolo

FORMATS: dict[str, ExportFormat] = {
    "coco": write_coco,
    "conll": write_conll,
    "csv": write_csv,
    "huggingface": write_hugging_face,
    "voc": write_voc,
    "yolo": write_yolo,
}
