"""Every golden output manifest, in every format that its task type can be exported in."""

from __future__ import annotations

import json

import pytest
from groundwork.exports.dataset import Dataset
from groundwork.task_types import registry
from groundwork.task_types.label_form import LabelForm

from tests.formats.labeling_run import FOLDER
from tests.formats.test_golden_manifests import CASES
from tests.unit.exports.datasets import export, png

EXPORTS = [(case, name) for case, (job, _) in CASES.items() for name in registry.get(job.task_type).exports]


@pytest.mark.parametrize(("case", "name"), EXPORTS)
def test_every_label_that_our_own_jobs_write_can_be_exported(case, name):
    job, _ = CASES[case]
    task_type = registry.get(job.task_type)
    lines = (FOLDER / case / "output.manifest").read_bytes().splitlines()
    data = Dataset(
        job=job,
        form=task_type.label_form,
        texts="source" in task_type.source_keys,
        read_lines=lambda: iter(lines),
        # What a mask shows is not in the manifest: one that is all background stands for each.
        read_files=lambda uris: [png([[0, 0], [0, 0]], {}) for _ in uris],
    )
    files = export(name, data)
    labeled = [line for line in map(json.loads, lines) if job.label_attribute in line]
    counts = data.counts()
    assert set(counts["leftOut"]) <= {"failed", "unlabeled"}, counts
    assert counts["exported"] == len(labeled)
    assert any(files.values())
    assert task_type.label_form is LabelForm.ANY or labeled
