from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.worker_page.parsed import SIGNATURE, document, html

JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=12,
)  # fmt: skip


def _attribute_text(value: str | None) -> Any:
    assert value is not None
    return json.loads(value)


def test_a_text_is_escaped_wherever_it_is_printed() -> None:
    page = document('<p title="{{ task.input.t }}">{{ task.input.t }}</p>', t="""<img src=x onerror="go('&')">""")
    assert page.tags == ["p"]
    assert page.attribute("p", "title") == "".join(page.text) == """<img src=x onerror="go('&')">"""


def test_the_five_characters_are_written_as_the_specification_has_them() -> None:
    assert html("{{ task.input.t }}", t="&<>\"'") == "&amp;&lt;&gt;&quot;&#39;"


def test_a_string_literal_is_escaped_like_any_other_text() -> None:
    assert html("{{ '<b>' }}") == "&lt;b&gt;"


def test_escape_gives_what_would_be_printed_anyway_and_only_once() -> None:
    for source in ("{{ task.input.t }}", "{{ task.input.t | escape }}", "{{ task.input.t | escape | escape }}"):
        assert html(source, t="a & <b>") == "a &amp; &lt;b&gt;"


def test_escape_once_keeps_the_entities_that_are_there() -> None:
    assert html("{{ task.input.t | escape_once }}", t="&amp; & &#39; <") == "&amp; &amp; &#39; &lt;"


def test_skip_autoescape_prints_markup() -> None:
    assert document("{{ task.input.t | skip_autoescape }}", t="<b>bold</b>").tags == ["b"]


def test_escape_after_skip_autoescape_escapes_all_the_same() -> None:
    assert html("{{ task.input.t | skip_autoescape | escape }}", t="<b>") == "&lt;b&gt;"


def test_text_joined_to_markup_is_escaped() -> None:
    assert document("{{ '<b>' | skip_autoescape | append: task.input.t }}", t="<i>").tags == ["b"]


def test_every_tag_that_prints_escapes() -> None:
    source = "{% cycle task.input.t, 'x' %}{% echo task.input.t %}{% liquid\n echo task.input.t %}"
    assert html(source, t="<i>") == "&lt;i&gt;" * 3


def test_line_breaks_become_elements_and_the_text_around_them_stays_text() -> None:
    page = document("{{ task.input.t | newline_to_br }}", t="<i>one\ntwo")
    assert page.tags == ["br"]
    assert "".join(page.text) == "<i>one\ntwo"


def test_arrays_and_objects_are_printed_as_json() -> None:
    page = document("""<x-a b='{{ task.input.labels }}' c="{{ task.input.o }}">""", labels=["a", "it's"], o={"k": [1]})
    assert _attribute_text(page.attribute("x-a", "b")) == ["a", "it's"]
    assert _attribute_text(page.attribute("x-a", "c")) == {"k": [1]}


def test_the_documented_example_comes_out_as_documented() -> None:
    source = "x='{{ task.input.labels }}' y=\"{{ task.input.t }}\""
    expected = "x='[&quot;a&quot;,&quot;b&quot;]' y=\"&lt;i&gt;\""
    assert html(source, labels=["a", "b"], t="<i>") == expected


def test_to_json_with_and_without_escape_is_the_same() -> None:
    value = ['a "quote"', "<&'>"]
    assert html("{{ task.input.v | to_json }}", v=value) == html("{{ task.input.v | to_json | escape }}", v=value)


def test_to_json_skipping_escapes_is_plain_json_without_html_characters() -> None:
    text = html("{{ task.input.v | to_json | skip_autoescape }}", v=["<&'>", '"'])
    assert json.loads(text) == ["<&'>", '"']
    assert not set("<>&'") & set(text)


def test_a_missing_value_prints_nothing_and_is_null_in_json() -> None:
    assert html("[{{ task.input.nothing.at.all }}][{{ nil }}]{{ task.input.nothing | to_json }}") == "[][]null"


def test_booleans_and_numbers_are_written_as_liquid_does() -> None:
    assert html("{{ true }} {{ 1.5 }} {{ true | append: '!' }} {{ task.input.n }}", n=3) == "true 1.5 true! 3"


def test_filters_of_text_see_json_not_the_notation_of_a_programming_language() -> None:
    assert html("{{ task.input.labels | append: task.input.labels | skip_autoescape }}", labels=["a"]) == '["a"]["a"]'


@given(JSON_VALUES)
def test_any_json_value_survives_a_double_quoted_attribute(value: Any) -> None:
    page = document('<x-a b="{{ task.input.v | to_json }}" c=d></x-a>', v=value)
    assert _attribute_text(page.attribute("x-a", "b")) == value
    assert page.attribute("x-a", "c") == "d"


@given(JSON_VALUES)
def test_any_json_value_survives_a_script(value: Any) -> None:
    page = document("<script>{{ task.input.v | to_json }}</script><p>", v=value)
    assert page.tags == ["script", "p"]
    assert json.loads("".join(page.text)) == value


@given(JSON_VALUES)
def test_any_json_value_printed_without_a_filter_is_text(value: Any) -> None:
    assert document("<p title='{{ task.input.v }}'>{{ task.input.v }}</p>", v=value).tags == ["p"]


def test_a_label_can_not_end_the_script_it_is_printed_in() -> None:
    text = "</script><script>alert(1)//<!--"
    page = document("<script>let a = {{ task.input.t | to_json }};</script><hr>", t=text)
    assert page.tags == ["script", "hr"]


def test_half_a_surrogate_pair_can_be_sent() -> None:
    text = html("{{ task.input.t }} {{ task.input.t | to_json }}", t="\ud83d")
    assert text == "\N{REPLACEMENT CHARACTER} &quot;\\ud83d&quot;"
    assert text.encode()


def test_a_captured_text_is_printed_as_it_was_rendered() -> None:
    page = document("{% capture c %}<b>{{ task.input.t }}</b>{% endcapture %}{{ c }}", t="<i>")
    assert page.tags == ["b"]
    assert "".join(page.text) == "<i>"


def test_a_filter_sees_the_captured_text_unescaped() -> None:
    source = "{% capture c %}{{ task.input.t }}{% endcapture %}{{ c | size }} {{ c | upcase }}"
    assert html(source, t="a&b") == "3 A&amp;B"


def test_skipping_escapes_of_a_captured_text_keeps_those_inside_it() -> None:
    source = "{% capture c %}<b>{{ task.input.t }}</b>{% endcapture %}{{ c | skip_autoescape }}"
    assert document(source, t="<script>").tags == ["b"]


def test_captured_json_fits_the_place_where_it_is_printed() -> None:
    source = (
        '{% capture c %}{{ task.input.v | to_json }}{% endcapture %}<x-a b="{{ c }}"></x-a><script>{{ c }}</script>'
    )
    page = document(source, v=['a"b'])
    assert _attribute_text(page.attribute("x-a", "b")) == json.loads("".join(page.text)) == ['a"b']


def test_a_captured_id_selects_from_an_object() -> None:
    source = "{% capture id %}{{ task.input.n }}{% endcapture %}{{ task.input.map[id] }}"
    assert html(source, n=3, map={"3": "otter"}) == "otter"


def test_a_granted_address_is_usable_in_an_attribute_and_in_a_script() -> None:
    source = (
        '<img src="{{ task.input.u | grant_read_access }}"><script>"{{ task.input.u | grant_read_access }}"</script>'
    )
    page = document(source, u="s3://photos/a.png")
    expected = f"https://photos.s3.eu-central-1.amazonaws.com/a.png{SIGNATURE}"
    assert page.attribute("img", "src") == json.loads("".join(page.text)) == expected
