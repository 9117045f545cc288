"""What templates written for Ground Truth lean on, in templates of our own."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from tests.unit.worker_page.parsed import document, html, rendered

BOXES = """
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-bounding-box
    name="boundingBox"
    src="{{ task.input.manifestLine.source-ref | grant_read_access }}"
    labels="{{ task.input.labels | to_json | escape }}"
    header="Correct the boats' boxes"
    initial-value="[
      {% for box in task.input.manifestLine.boats.annotations %}
        {% capture class_id %}{{ box.class_id }}{% endcapture %}
        {% assign label = task.input.manifestLine.boats-metadata.class-map[class_id] %}
        {
          label: {{ label | to_json }},
          left: {{ box.left }}, top: {{ box.top }}, width: {{ box.width }}, height: {{ box.height }}
        },
      {% endfor %}
    ]"
  ><full-instructions header="How"><img src="{{ "https://s3.amazonaws.com/guides/good.png" | grant_read_access }}">
  </full-instructions></crowd-bounding-box>
</crowd-form>
"""


def test_an_adjustment_template_carries_its_boxes_in_one_attribute() -> None:
    line = {
        "source-ref": "s3://harbor/boats.png",
        "boats": {"annotations": [{"class_id": 1, "left": 4, "top": 5, "width": 60, "height": 40}]},
        "boats-metadata": {"class-map": {"1": 'tug "Ida"'}},
    }
    page = document(BOXES, manifestLine=line, labels=["sail's", 'tug "Ida"'])
    value = page.attribute("crowd-bounding-box", "initial-value") or ""
    assert 'label: "tug \\"Ida\\"",' in value
    assert "left: 4, top: 5, width: 60, height: 40" in value
    assert json.loads(page.attribute("crowd-bounding-box", "labels") or "") == ["sail's", 'tug "Ida"']
    assert page.attribute("script", "src") == "https://assets.crowd.aws/crowd-html-elements.js"
    assert set(rendered(BOXES, manifestLine=line, labels=[]).granted) == {
        "s3://harbor/boats.png",
        "s3://guides/good.png",
    }


def test_an_object_is_walked_by_pairs() -> None:
    place = "{{ forloop.index }}/{{ forloop.length }}"
    source = "{% for pair in task.input.scores %}" + place + " {{ pair[0] }}={{ pair[1] }}; {% endfor %}"
    assert html(source, scores={"cat": 0.5, "dog": 0.25}) == "1/2 cat=0.5; 2/2 dog=0.25; "


def test_a_pair_is_printed_as_a_json_array() -> None:
    assert (
        html("{% for p in task.input.o %}{{ p | to_json | skip_autoescape }}{% endfor %}", o={"a": [1]}) == '["a",[1]]'
    )


def test_brackets_take_strings_numbers_and_variables() -> None:
    source = (
        "{% assign k = 'b-c' %}{{ task.input['a b'] }}{{ task.input.list[1] }}{{ task.input[k] }}{{ task.input.b-c }}"
    )
    assert html(source, **{"a b": "1", "list": ["x", "2"], "b-c": "3"}) == "1233"


def test_placeholders_of_other_languages_pass_through() -> None:
    source = "<script>const a = `${image_url}`; const b = {c: {d: 1} };</script> ${category}"
    assert html(source) == source


def test_liquid_runs_in_comments_scripts_and_styles() -> None:
    source = (
        "<!-- {{ task.input.a }} --><style>.{{ task.input.a }} {}</style><script>{{ task.input.n | to_json }}</script>"
    )
    assert html(source, a="x", n=[1, 2]) == "<!-- x --><style>.x {}</style><script>[1,2]</script>"


def test_whitespace_is_trimmed_where_dashes_ask_for_it() -> None:
    assert html("a  {{- ' b ' -}}  c {%- if true -%} d {%- endif %} e") == "a b cd e"


def test_all_control_flow_is_there() -> None:
    source = (
        "{% unless false %}u{% endunless %}{% case task.input.n %}{% when 1, 2 %}w{% else %}x{% endcase %}"
        "{% for i in (1..5) reversed limit: 3 offset: 1 %}{% if i == 3 %}{% continue %}{% endif %}{{ i }}{% endfor %}"
        "{% for i in task.input.none %}.{% else %}none{% endfor %}{% increment c %}{% decrement c %}"
        "{% tablerow i in (1..2) cols: 1 %}{{ i }}{% endtablerow %}"
        "{% raw %}{{ x }}{% endraw %}{% comment %}{{ y }}{% endcomment %}"
        "{% for i in (1..3) %}{% ifchanged %}{{ task.input.n }}{% endifchanged %}{% cycle 'a', 'b' %}{% endfor %}"
    )
    text = html(source, n=2)
    assert text.startswith("uw42none00")
    assert text.endswith("{{ x }}2aba")
    assert text.count("<td") == 2


def test_standard_filters_work() -> None:
    source = (
        "{{ task.input.l | sort | reverse | join: '-' }} {{ task.input.l | first }}{{ task.input.l | last }} "
        "{{ 'a,b' | split: ',' | size }} {{ task.input.none | default: 'd' }} {{ 'Title' | downcase | slice: 0, 3 }} "
        "{{ 7 | modulo: 4 | plus: 1 }} {{ '2026-03-01' | date: '%d.%m.%Y' }} {{ task.input.rows | map: 'k' | join }} "
        "{{ 'a b&c' | url_encode }} {{ 'abcdef' | truncate: 5 }} {{ ' x ' | strip }} "
        "{{ task.input.rows | where: 'k', 'v' | size }}"
    )
    expected = "3-2-1 21 2 d tit 4 01.03.2026 v a+b%26c ab... x 1"
    assert html(source, l=[2, 3, 1], rows=[{"k": "v"}]) == expected


def test_a_native_form_with_a_computed_answer_is_left_alone() -> None:
    source = (
        "<form onsubmit=\"return check('{{ task.input.id }}')\">"
        "<input type='radio' name='r' value='{{ task.input.v }}' required>"
        "<input type=hidden id=answer><a href='javascript:void(0)'>x</a></form>"
    )
    page = document(source, id="a1", v="it's")
    assert page.attribute("form", "onsubmit") == "return check('a1')"
    assert page.attribute("input", "value") == "it's"


@pytest.mark.parametrize("name", ["image_classification", "text_classification"])
def test_the_templates_of_the_task_types_render(name: str) -> None:
    folder = resources.files("groundwork.task_types").joinpath("templates")
    source = folder.joinpath(f"{name}.liquid.html").read_text(encoding="utf-8")
    tag = "crowd-image-classifier" if name.startswith("image") else "crowd-classifier"
    page = document(source, taskObject="s3://harbor/<i>.png", labels=['a "b"', "c's"])
    assert json.loads(page.attribute(tag, "categories") or "") == ['a "b"', "c's"]
    assert "i" not in page.tags
