"""Photos as everybody sees them: upright, small, without where and with what they were taken."""

import io
import zlib

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from dure.foundation import pictures
from dure.foundation.files import is_what_it_says

register_heif_opener()
TURNED, GPS, MAKER = 6, 0x8825, 0x010F


def photo(kind: str, size=(80, 40)) -> bytes:
    """A lying photo of which the camera says that it stands: left red, right blue."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    about = Image.Exif()
    about[0x0112], about[MAKER], about[GPS] = TURNED, "Phone of Kim", {1: "N", 2: (37.0, 33.0, 0.0)}
    target = io.BytesIO()
    picture.save(target, kind, exif=about.tobytes(), quality=95)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo_is_upright_and_says_nothing_of_where_it_was_taken(kind):
    content = photo(kind)
    assert b"Phone of Kim" in content

    shown = pictures.shown(io.BytesIO(content))

    picture = Image.open(io.BytesIO(shown))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (40, 80), {})
    assert b"Phone of Kim" not in shown
    top, bottom = picture.getpixel((20, 10)), picture.getpixel((20, 70))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_a_large_photo_becomes_small():
    shown = pictures.shown(io.BytesIO(photo("JPEG", (3000, 1000))))

    assert Image.open(io.BytesIO(shown)).size == (667, 2000)


def bomb() -> bytes:
    """A PNG of a few kilobytes that says to be 40,000 points wide and high."""
    head = (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"

    def chunk(name, data):
        return (
            len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
        )

    data = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", photo("HEIF")[:300], photo("JPEG")[:100], bomb(), b"\x00\x00\x00\x18ftypheic" + b"x" * 500],
    ids=["empty", "another kind", "half a heic", "half a jpeg", "bomb", "no heic"],
)  # fmt: skip
def test_what_cannot_be_shown_harms_nobody(content):
    assert pictures.shown(io.BytesIO(content)) is None


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("IMG_0001.HEIC", photo("HEIF"), True),
        ("IMG_0001.heic", photo("JPEG"), False),
        ("IMG_0001.jpg", photo("HEIF"), False),
        ("film.heic", b"\x00\x00\x00\x18ftypmp42....", False),
    ],
)
def test_a_heic_file_is_one_by_its_content(name, content, fits):
    assert is_what_it_says(name, io.BytesIO(content)) is fits
