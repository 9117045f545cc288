import io

from PIL import Image

from local.digits import LABELS, sample_digits


def test_digits_are_png_images_of_256_pixels() -> None:
    digit = sample_digits(1, seed=1)[0]

    with Image.open(io.BytesIO(digit.png)) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (256, 256), "L")
        assert min(image.tobytes()) < 60
        assert max(image.tobytes()) == 255


def test_a_seed_always_draws_the_same_different_digits() -> None:
    first, again = sample_digits(50, seed=3), sample_digits(50, seed=3)

    assert first == again
    assert len({digit.png for digit in first}) == 50
    assert {digit.truth for digit in first} <= set(LABELS)
