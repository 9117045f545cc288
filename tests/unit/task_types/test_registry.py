from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from groundwork.task_types import registry
from groundwork.task_types.registry import Registry, UnknownTaskTypeError


@pytest.mark.parametrize("suffix", [name for name in registry.names() if name != "Custom"])
def test_the_suffix_of_a_built_in_function_selects_the_task_type(suffix):
    found = registry.find(suffix)
    assert found is not None
    assert found is registry.get(suffix)
    assert found.name == suffix


def test_a_function_that_happens_to_be_called_custom_is_not_built_in():
    assert registry.find("Custom") is None
    assert registry.get("Custom") is registry.CUSTOM


def test_a_built_in_function_of_a_type_we_lack_selects_nothing():
    assert registry.find("3DPointCloudObjectTracking") is None


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(UnknownTaskTypeError, match=f"there are {', '.join(registry.names())}"):
        registry.get("imagemulticlass")


def test_an_alias_selects_the_type_and_is_no_name_of_its_own():
    video = dataclasses.replace(
        registry.get("ImageMultiClass"), name="VideoMultiClass", aliases=("VideoClassification",)
    )
    ours = Registry((*registry.TASK_TYPES, video))
    assert ours.find("VideoClassification") is video
    assert "VideoClassification" not in ours.names()


def test_two_types_can_not_claim_the_same_name():
    rival = dataclasses.replace(registry.get("TextMultiClass"), name="Rival", aliases=("ImageMultiClass",))
    with pytest.raises(ValueError, match="Rival and ImageMultiClass both claim 'ImageMultiClass'"):
        Registry((*registry.TASK_TYPES, rival))


def test_registry_templates_and_answer_checks_work_without_numpy():
    core = Path(registry.__file__).parents[2]
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "from groundwork.task_types import registry\n"
        "image = registry.get('ImageMultiClass')\n"
        "assert image.default_template\n"
        "from groundwork.task_types.task_type import AnsweredTask\n"
        "from types import SimpleNamespace\n"
        "job = SimpleNamespace(labels=('boat', 'buoy'))\n"
        "image.check_answer({'a': {'label': 'boat'}}, AnsweredTask(job, dict))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(core)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
