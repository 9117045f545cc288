import pytest

from local.task_page import read_task_page

IMAGE_PAGE = """<!doctype html><html><head><script src="/elements.js"></script></head><body><crowd-form>
<crowd-image-classifier name="crowd-image-classifier" header="Which digit?" categories="[&quot;0&quot;]"
 src="https://127.0.0.1:4566/jobs/digits-1/images/digit%200007.png?X-Amz-Expires=3600&amp;X-Amz-Signature=ab">
<short-instructions><p>Choose one label</p></short-instructions></crowd-image-classifier></crowd-form></body></html>"""

TEXT_PAGE = """<crowd-form><crowd-classifier name="topic" categories="[]"><classification-target>
<div style="white-space: pre-wrap">The ferry &amp; the buoy
met twice.</div></classification-target></crowd-classifier></crowd-form>"""


def test_an_image_is_recognised_by_the_file_name_in_its_address() -> None:
    page = read_task_page(IMAGE_PAGE)

    assert page.find({"digit 0007.png": "7", "digit 0008.png": "8"}) == "digit 0007.png"


def test_the_address_keeps_its_signature_unescaped() -> None:
    address = read_task_page(IMAGE_PAGE).addresses[0]

    assert address.endswith("?X-Amz-Expires=3600&X-Amz-Signature=ab")


def test_a_text_is_recognised_by_itself() -> None:
    truth = {"The ferry & the buoy\nmet twice.": "harbor"}

    assert read_task_page(TEXT_PAGE).find(truth) == "The ferry & the buoy\nmet twice."


def test_an_object_that_nobody_knows_is_none() -> None:
    assert read_task_page(IMAGE_PAGE).find({"digit 0001.png": "1"}) is None


@pytest.mark.parametrize(
    ("html", "answer"),
    [(IMAGE_PAGE, {"crowd-image-classifier": {"label": "7"}}), (TEXT_PAGE, {"topic": {"label": "7"}})],
)
def test_the_answer_is_keyed_by_the_name_of_the_element(html: str, answer: dict[str, object]) -> None:
    assert read_task_page(html).answer("7") == answer


def test_a_page_without_a_classifier_is_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="none of crowd-image-classifier"):
        read_task_page("<crowd-form><crowd-bounding-box name='boxes'></crowd-bounding-box></crowd-form>")
