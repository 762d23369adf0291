"""Photos that people send, drawn anew: smaller, and without place, time and camera."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2000
MOST_PIXELS = 60_000_000
KINDS = ("JPEG", "PNG", "WEBP")


class NoPicture(Exception):
    """The file is no picture that can be read, or is too large to be drawn."""


def plain_jpeg(file: IO[bytes]) -> bytes:
    """The picture in `file` as a JPEG of at most 2,000 pixels a side, nothing but its pixels.

    It is turned as the camera was held. Raises NoPicture.
    """
    try:
        with Image.open(file, formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NoPicture
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            pixels = Image.new("RGB", turned.size, "white")
            shown = turned.convert("RGBA")
            pixels.paste(shown, mask=shown.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NoPicture from error
    except Image.DecompressionBombError as error:
        raise NoPicture from error
    drawn = io.BytesIO()
    pixels.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()
