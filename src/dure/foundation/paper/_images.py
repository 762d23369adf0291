"""Marks on a picture that say whose copy it is: words across it, and below it a strip that is read back.

The strip holds the 48 bits of a code in cells of black and white with a check sum. Scaling the picture or
saving it as a JPEG again leaves it readable; whoever cuts it off still has the words across the picture.
"""

import binascii
import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from dure.foundation.paper._errors import CannotMark

BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MOST_PIXELS = 60_000_000
_FONT = Path(__file__).parent / "fonts" / "PretendardGOV-400.woff2"
_SYNC = [1, 0, 1, 0, 1, 1, 0, 0]
_BITS, _CHECK = 48, 16
_CELLS = len(_SYNC) + _BITS + _CHECK + 2  # a white one at each end
_LEAST_CELL, _LEAST_STRIP = 4, 16
_ROWS, _ANGLE, _QUALITY = 5, 24, 92
READ_ERRORS = (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError)
"""What Pillow raises over files that are no good picture."""


def is_image(content: bytes) -> bool:
    """True for PNG and JPEG, by how they begin."""
    return content.startswith(BEGINNINGS)


def can_mark_image(content: bytes) -> bool:
    """Whether a copy could be marked: it can be decoded and is not too large."""
    try:
        _opened(content)
    except CannotMark:
        return False
    return True


def marked_image(content: bytes, words: str, code: str) -> bytes:
    """A copy with `words` across it and the last twelve hexadecimal digits of `code` in a strip below.

    In the format it came in, turned as its camera says, without what else the camera wrote. Raises CannotMark.
    """
    picture, form, profile = _opened(content)
    try:
        across = Image.alpha_composite(picture.convert("RGBA"), _words(picture.size, words))
        width = max(picture.width, _CELLS * _LEAST_CELL)
        strip = _strip(width, picture.height, int(code[-12:], 16))
        mode = "RGB" if form == "JPEG" else "RGBA"
        copy = Image.new(mode, (width, picture.height + strip.height), "white")
        copy.paste(across.convert(mode), (0, 0))
        copy.paste(strip, (0, picture.height))
        out = io.BytesIO()
        copy.save(out, form, quality=_QUALITY, subsampling=0, icc_profile=profile)
    except READ_ERRORS as error:
        raise CannotMark(str(error)) from error
    return out.getvalue()


def codes_in_image(content: bytes, prefix: str) -> list[str]:
    """The code in the strip of a picture, after `prefix`; none where no strip can be read."""
    try:
        picture, _form, _profile = _opened(content)
    except CannotMark:
        return []
    grey = picture.convert("L")
    for above in dict.fromkeys(
        (3, 5, 8, 12, grey.height // 120, grey.height // 80, grey.height // 60)
    ):
        if 0 < above < grey.height:
            number = _read(grey, grey.height - above)
            if number is not None:
                return [f"{prefix}{number:012X}"]
    return []


def _opened(content: bytes) -> tuple[Image.Image, str, bytes | None]:
    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise CannotMark("too many pixels")
        form, profile = str(picture.format), picture.info.get("icc_profile")
        turned = ImageOps.exif_transpose(picture)
        kept = profile if turned.mode in ("RGB", "RGBA") else None
        return turned.convert("RGBA" if form == "PNG" else "RGB"), form, kept
    except READ_ERRORS as error:
        raise CannotMark(str(error)) from error


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)


def _words(size: tuple[int, int], words: str) -> Image.Image:
    width, height = size
    font = _font(max(10, min(48, width // 40)))
    left, top, right, bottom = font.getbbox(words)
    line = Image.new("RGBA", (int(right - left) + 8, int(bottom - top) + 8))
    ImageDraw.Draw(line).text(
        (4 - left, 4 - top), words, font=font, fill=(90, 90, 90, 120),
        stroke_width=1, stroke_fill=(255, 255, 255, 90),
    )  # fmt: skip
    slanted = line.rotate(_ANGLE, expand=True)
    sheet = Image.new("RGBA", size)
    for row in range(_ROWS):
        centre = round(height * (row + 0.5) / _ROWS)
        for start in range(0, width, max(1, slanted.width)):
            sheet.alpha_composite(
                slanted, (start, max(0, min(height - 1, centre - slanted.height // 2)))
            )
    return sheet


def _strip(width: int, height: int, number: int) -> Image.Image:
    check = binascii.crc_hqx(number.to_bytes(_BITS // 8), 0)
    bits = [0, *_SYNC, *_digits(number, _BITS), *_digits(check, _CHECK), 0]
    strip = Image.new("RGB", (width, max(_LEAST_STRIP, height // 40)), "white")
    draw = ImageDraw.Draw(strip)
    for place, bit in enumerate(bits):
        if bit:
            left, right = (round(width * edge / _CELLS) for edge in (place, place + 1))
            draw.rectangle((left, 0, right - 1, strip.height), fill="black")
    return strip


def _digits(number: int, count: int) -> list[int]:
    return [number >> place & 1 for place in reversed(range(count))]


def _read(grey: Image.Image, row: int) -> int | None:
    """The number in the cells of a row; None where sync or check sum are not right."""
    line = list(grey.crop((0, row, grey.width, row + 1)).getdata())
    cell = len(line) / _CELLS
    if cell < 1:
        return None
    bits = [int(line[int((place + 0.5) * cell)] < 128) for place in range(1, _CELLS - 1)]
    sync, data = bits[: len(_SYNC)], bits[len(_SYNC) :]
    number = int("".join(map(str, data[:_BITS])), 2)
    check = int("".join(map(str, data[_BITS:])), 2)
    is_right = sync == _SYNC and check == binascii.crc_hqx(number.to_bytes(_BITS // 8), 0)
    return number if is_right else None
