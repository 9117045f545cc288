import json
from collections import Counter
from typing import Any

import pytest

from local.bench.cost import OBJECTS, at_full_size
from local.bench.imports import deployed_functions
from local.bench.label_run import LabelRun, overhead_table, portal_table
from local.bench.percentile import percentile
from local.bench.prices import PRICES, Unit
from local.bench.table import Table, against
from local.bench.validation import CHUNK_BYTES, manifest_chunks, validate


def test_every_billed_unit_has_a_price() -> None:
    assert set(PRICES) == set(Unit)


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 50), (0.95, 95), (1.0, 100)])
def test_a_percentile_is_a_measured_value_that_so_many_do_not_exceed(share: float, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_nothing_measured_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_figures_stand_below_their_column() -> None:
    table = Table("Speed", ("", "ms"), (("submit", "7"), ("next task", "112")), ("a note",))

    assert table.text().splitlines() == [
        "Speed",
        "",
        "            ms",
        "---------  ---",
        "submit       7",
        "next task  112",
        "  a note",
    ]


def test_an_aim_is_reached_from_its_own_side() -> None:
    assert (against(99, 100), against(101, 100)) == ("yes", "no")
    assert (against(99, 100, least=True), against(101, 100, least=True)) == ("no", "yes")


def test_the_generated_manifest_comes_in_pieces_and_every_line_is_sound() -> None:
    pieces = list(manifest_chunks(12_000))

    assert {len(piece) for piece in pieces[:-1]} == {CHUNK_BYTES}
    lines = b"".join(pieces).splitlines()
    assert len({json.loads(line)["source-ref"] for line in lines}) == 12_000
    assert validate(12_000)["bytes"] == sum(map(len, pieces))


def test_a_job_of_full_size_lies_on_the_line_through_two_smaller_ones() -> None:
    small, large = (Counter({"jobs": 1, "answers": 3 * size, "started": 10 + 2 * size}) for size in (50, 200))

    found = at_full_size(small, large, (50, 200))

    assert found == {"jobs": 1, "answers": 3 * OBJECTS, "started": 10 + 2 * OBJECTS}


def test_the_parts_of_a_run_are_shares_of_the_whole() -> None:
    run = LabelRun(1_000, 2.0, 7.0, 1.0, next_task=[0.02], submit=[0.05], refused=[0.01])

    lines = overhead_table(run, 4).text().splitlines()

    assert [line.split()[-1] for line in lines[4:8]] == ["20%", "70%", "10%", "100%"]
    assert "3.0 s, 3 ms an object" in lines[8]


def test_calls_are_compared_with_one_that_is_refused_at_once() -> None:
    run = LabelRun(3, 1, 1, 1, next_task=[0.03] * 3, submit=[0.05, 0.05, 0.12], refused=[0.01] * 3)

    submit = next(line for line in portal_table(run, "4 workers").text().splitlines() if line.startswith("submit"))

    assert submit.split()[-5:] == ["3", "50", "120", "5.0", "no"]


def test_a_function_is_imported_from_its_own_code_its_layers_and_the_runtime(tmp_path: Any) -> None:
    resources = {
        "Liquid": {"Type": "AWS::Lambda::LayerVersion", "Properties": {"Content": {"S3Key": "abc.zip"}}},
        "Api": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Handler": "functions.consolidation.apply.handler.handler",
                "Code": {"S3Key": "def.zip"},
                "Layers": [{"Ref": "Liquid"}],
            },
        },
        "Other": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "index.handler"}},
    }
    (tmp_path / "groundwork-portal.template.json").write_text(json.dumps({"Resources": resources}))

    (function,) = deployed_functions(tmp_path, tmp_path / "runtime")

    assert (function.name, function.module) == ("consolidation_apply", "functions.consolidation.apply.handler")
    places = ["asset.def", "asset.abc/python", "runtime"]
    assert function.path == tuple(str(tmp_path / place) for place in places)
