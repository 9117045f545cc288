"""A preview takes what a job would take, and lists what is wrong as RenderUiTemplate does."""

from __future__ import annotations

import json

import pytest
from groundwork.task_types import registry

from local import preview, preview_page
from local.preview_input import PreviewError, PreviewInput, plain_input, typed_input
from local.preview_page import rendered

PLACE = "http://127.0.0.1:4711/secret/"
TEXT = {"Groundwork": {"TaskType": "TextMultiClass"}}


def no_grant(uri):
    raise AssertionError(f"{uri} was granted")


def signed(uri):
    return f"https://{uri.bucket}.example.com/{uri.key}?signature=1"


@pytest.fixture
def files(tmp_path):
    """Write files into a folder; gives their paths."""

    def write(**contents):
        paths = []
        for name, content in contents.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(content if isinstance(content, str) else json.dumps(content))
            paths.append(path)
        return paths

    return write


def refused(call):
    with pytest.raises(PreviewError) as caught:
        call()
    return caught.value.errors


def page_of(task_input, template="<crowd-form>{{ task.input.x }}</crowd-form>", grant=no_grant, **more):
    return preview_page.preview_page(PreviewInput(template, task_input, "T", **more), grant, place=PLACE)


def images(page):
    policy = page.headers["Content-Security-Policy"]
    return next(rule for rule in policy.split("; ") if rule.startswith("img-src ")).split()[1:]


def test_every_unknown_filter_is_listed_with_its_line():
    errors = refused(lambda: rendered(PreviewInput("{{ a | nope }}\n{{ b | nah }}", {}, "T"), no_grant))
    assert errors == [
        {"Code": "UnknownFilter", "Message": "line 1: unknown filter 'nope'"},
        {"Code": "UnknownFilter", "Message": "line 2: unknown filter 'nah'"},
    ]


def test_a_json_object_is_the_task_input_as_it_is(files):
    template, content = files(page_html="{{ task.input.x }}", input_json={"x": "<b>"})
    assert rendered(plain_input(template, content, 1), no_grant).html == "&lt;b&gt;"


def test_a_line_of_a_manifest_is_the_task_input_without_a_type(files):
    template, manifest = files(page_html="{{ task.input.source }}", list_manifest='{"source":"a"}\n{"source":"b"}\n')
    assert plain_input(template, manifest, 2).task_input == {"source": "b"}


def test_a_type_makes_the_task_input_as_its_jobs_do_and_brings_its_template(files):
    (manifest, _) = files(list_manifest='{"source":"a"}\n', labels_json={"labels": [{"label": "x"}, {"label": "y"}]})
    source = typed_input(TEXT, manifest, 1, labels=None, template=None)
    assert source.task_input == {"taskObject": "a", "labels": ["x", "y"], "manifestLine": {"source": "a"}}
    assert source.template == registry.get("TextMultiClass").default_template


def test_a_prediction_is_previewed_as_the_job_shows_it_and_one_that_is_passed_over_gives_a_warning(files):
    lines = [{"source": "a", "mood-prediction": "x"}, {"source": "a", "mood-prediction": "z"}]
    manifest, labels = files(
        list_manifest="".join(f"{json.dumps(line)}\n" for line in lines),
        labels_json={"labels": [{"label": "x"}, {"label": "y"}]},
    )
    shown = {"Groundwork": {**TEXT["Groundwork"], "ShowPredictions": True}}
    source = typed_input(shown, manifest, 1, labels=labels, template=None)
    assert source.task_input["prediction"] == {"label": "x"}
    assert "prediction" not in typed_input(TEXT, manifest, 1, labels=labels, template=None).task_input
    wrong = typed_input(shown, manifest, 2, labels=labels, template=None)
    page = preview_page.preview_page(wrong, no_grant, place=PLACE)
    assert page.warnings == ('"mood-prediction" is passed over: "z" is no label of this job.',)


def test_a_label_file_and_a_template_can_be_named(files):
    manifest, labels, template = files(
        list_manifest='{"source":"a"}\n', other_json={"labels": [{"label": "x"}, {"label": "y"}]}, page_html="hello"
    )
    source = typed_input(TEXT, manifest, 1, labels=labels, template=template)
    assert (source.template, source.task_input["labels"]) == ("hello", ["x", "y"])


def test_a_custom_type_takes_its_template_from_the_file(files):
    manifest, template = files(list_manifest='{"source":"a","more":1}\n', page_html="hello")
    custom = {"Groundwork": {"TaskType": "Custom"}}
    assert typed_input(custom, manifest, 1, labels=None, template=template).task_input == {"source": "a", "more": 1}


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('{"source":"a"}\n', 2, "has 1 lines, no line 2"),
        ('{"source":"a"}\n{"source"\n', 2, "line 2"),
        ("[1]\n", 1, "is not a JSON object"),
        ('{"text":"a"}\n', 1, "the line has no 'source'"),
        ('{"source":"' + "x" * 128_000 + '"}\n', 1, "128,000 characters"),
    ],
)
def test_an_input_that_is_none_is_explained(files, content, line, said):
    (manifest, _) = files(list_manifest=content, labels_json={"labels": [{"label": "x"}, {"label": "y"}]})
    (error,) = refused(lambda: typed_input(TEXT, manifest, line, labels=None, template=None))
    assert error["Code"] == "InvalidInput"
    assert said in error["Message"]


def test_a_missing_label_file_and_an_unknown_type_are_explained(files):
    (manifest,) = files(list_manifest='{"source":"a"}\n')
    (error,) = refused(lambda: typed_input(TEXT, manifest, 1, labels=None, template=None))
    assert "label category configuration file" in error["Message"]
    unknown = {"Groundwork": {"TaskType": "Nope"}}
    assert "Nope" in refused(lambda: typed_input(unknown, manifest, 1, labels=None, template=None))[0]["Message"]


def test_a_missing_file_is_explained(tmp_path):
    (error,) = refused(lambda: plain_input(tmp_path / "none.html", tmp_path / "none.json", 1))
    assert "none.html can't be read" in error["Message"]


def test_the_page_is_sandboxed_and_shows_what_was_granted_and_what_lies_beside_it():
    page = page_of(
        {"x": "s3://bucket/a.png", "more": [{"deep": "https://Pictures.example.org/b.png"}, "https://bad host/x"]},
        template='<img src="{{ task.input.x | grant_read_access }}">',
        grant=signed,
    )
    assert page.headers["Content-Security-Policy"].startswith("sandbox allow-scripts allow-forms allow-modals;")
    assert images(page) == [
        "data:",
        "blob:",
        "http://127.0.0.1:4711",
        "https://bucket.example.com",
        "https://pictures.example.org",
    ]
    assert f'<script src="{PLACE}elements.js">' in page.html


def test_a_local_file_stays_as_it_is_with_a_warning_that_a_job_needs_s3():
    page = page_of({"x": "images/a.png"}, template='<img src="{{ task.input.x | grant_read_access }}">')
    assert '<img src="images/a.png">' in page.html
    assert len(page.warnings) == 1


def test_without_credentials_an_address_stays_unsigned_with_a_warning(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("LOCAL_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    page = page_of({"x": "s3://bucket/a b.png"}, "{{ task.input.x | grant_read_access }}", preview_page.signing())
    assert "https://bucket.s3.amazonaws.com/a%20b.png" in page.html
    assert "s3://bucket/a b.png is shown unsigned" in capsys.readouterr().err


def test_with_credentials_an_address_is_signed(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCAL_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "an-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-key")
    page = page_of({"x": "s3://bucket/a.png"}, "{{ task.input.x | s3_presign }}", preview_page.signing())
    assert "Signature" in page.html


def test_the_command_prints_the_errors_and_ends_with_1(files, capsys, monkeypatch):
    monkeypatch.setattr(preview, "PreviewServer", FakeServer)
    monkeypatch.setattr(preview, "signing", lambda: no_grant)
    template, content = files(page_html="{% if %}", input_json={"x": 1})
    assert preview.main(["--template", str(template), "--input", str(content)]) == 1
    (error,) = json.loads(capsys.readouterr().out)["Errors"]
    assert error["Code"] == "SyntaxError"
    assert error["Message"].startswith("line 1: ")


def test_the_command_wants_a_template_or_a_type(files, capsys, monkeypatch):
    monkeypatch.setattr(preview, "PreviewServer", FakeServer)
    monkeypatch.setattr(preview, "signing", lambda: no_grant)
    (content,) = files(input_json={"x": 1})
    assert preview.main(["--input", str(content)]) == 1
    assert "TYPE=<task type>" in capsys.readouterr().out


class FakeServer:
    """Stands where the server does and listens to nobody."""

    address = PLACE

    def __init__(self, page, folder, port):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass
