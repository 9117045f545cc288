"""The model artefact of the embedded trainer, where Ground Truth has that of its training job (spec: workflows §3.8).

It holds the models that scored a round. What they take is not a data object but the leading numbers of its row of the
represented data set, whose address the description gives: the directions hang on the very data set, so that the model
of one job says nothing about the objects of another.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping

import numpy as np

from groundwork.active_learning.embedded_trainer import models_of_folds
from groundwork.active_learning.pool import Pool
from groundwork.active_learning.settings import Settings
from groundwork.json_text import readable_json
from groundwork.task_types.task_type import Json


def model_file(pool: Pool, settings: Settings, description: Mapping[str, Json]) -> bytes:
    """Write `model.tar.gz`: `model.json`, and `weights.npz` with weights and intercepts of each fold's models.

    The same models give the same bytes, so that a repeated round writes what is there.
    """
    arrays, folds = {}, []
    for fold, models in enumerate(models_of_folds(pool, settings)):
        folds.append([{"directions": each.coef_.shape[1], "classes": each.classes_.tolist()} for each in models])
        for view, each in enumerate(models):
            arrays[f"weights_{fold}_{view}"] = each.coef_.astype(np.float32)
            arrays[f"intercepts_{fold}_{view}"] = each.intercept_.astype(np.float32)
    weights = io.BytesIO()
    np.savez(weights, allow_pickle=False, **arrays)
    return _archive({"model.json": readable_json({**description, "folds": folds}), "weights.npz": weights.getvalue()})


def _archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as archive,
    ):
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
