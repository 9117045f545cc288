"""Runs crowd-kit's SegmentationEM; a program of its own for crowd-kit's own environment (see `crowd_kit`).

`python crowd_kit_masks.py <answers.npz> <found.npz>` reads arrays of masks, each named `<task>/<worker>`, and writes
one for each task.
"""

from __future__ import annotations

import importlib
import sys
import warnings


def main() -> None:
    """Consolidate the masks of the first file into the second."""
    warnings.simplefilter("ignore")
    numpy = importlib.import_module("numpy")
    pandas = importlib.import_module("pandas")
    kit = importlib.import_module("crowdkit.aggregation")
    with numpy.load(sys.argv[1]) as answers:
        rows = [(*name.split("/"), answers[name]) for name in answers.files]
    found = kit.SegmentationEM().fit_predict(pandas.DataFrame(rows, columns=["task", "worker", "segmentation"]))
    numpy.savez(sys.argv[2], **found.to_dict())


if __name__ == "__main__":
    main()
