"""Whose copy a picture is can be read back, also after what people do to pictures."""

import io

import pytest
from PIL import Image

from dure.foundation.paper import CannotMark, can_be_marked, marked, marks_in

CODE = "DURE-0123456789AB"
WORDS = f"{CODE} 한빛중공업 홍길동 2026-12-01 09:30"


def picture(form, size=(900, 600), mode="RGB", colour=(200, 220, 210)):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form)
    return out.getvalue()


def changed(content, *, scale=1.0, form="PNG", **options):
    image = Image.open(io.BytesIO(content))
    size = tuple(round(side * scale) for side in image.size)
    out = io.BytesIO()
    image.convert("RGB").resize(size).save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        picture("PNG"),
        picture("JPEG", (3000, 4000)),
        picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)),
        picture("PNG", mode="L", colour=12),
    ],
    ids=["png", "jpeg", "transparent", "grey"],
)
def test_a_mark_is_seen_and_read_back(content):
    copy = marked(content, WORDS, CODE)

    assert can_be_marked(content)
    assert copy[:4] == content[:4]
    assert marks_in(copy, "DURE-") == [CODE]
    assert marks_in(content, "DURE-") == []
    before, after = (
        Image.open(io.BytesIO(content_of_file)).convert("RGB")
        for content_of_file in (content, copy)
    )
    assert after.height > before.height
    above = after.crop((0, 0, *before.size))
    assert list(above.getdata()) != list(before.getdata())


def test_a_picture_too_small_for_words_still_has_its_strip():
    assert marks_in(marked(picture("PNG", (40, 30)), WORDS, CODE), "DURE-") == [CODE]


@pytest.mark.parametrize(
    "change",
    [
        {"form": "JPEG", "quality": 40},
        {"scale": 0.5, "form": "JPEG", "quality": 70},
        {"scale": 1.7},
    ],
    ids=["saved again", "half the size", "larger"],
)
def test_a_mark_outlives_scaling_and_saving_again(change):
    copy = marked(picture("JPEG", (1600, 1200)), WORDS, CODE)

    assert marks_in(changed(copy, **change), "DURE-") == [CODE]


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\nno picture", b"\xff\xd8\xff\xe0", picture("PNG")[:60]],
    ids=["png", "jpeg", "cut off"],
)
def test_what_cannot_be_read_is_refused(content):
    assert not can_be_marked(content)
    assert marks_in(content, "DURE-") == []
    with pytest.raises(CannotMark):
        marked(content, WORDS, CODE)
