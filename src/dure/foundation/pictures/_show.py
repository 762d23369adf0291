"""Reads a photo from standard input and writes it as JPEG. Runs in a process of its own, with limits.

A picture from outside may unpack to far more than it weighs, and its reader is written in C.
"""

import io
import resource
import sys

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

MEMORY_LIMIT = 2 * 1024**3
CPU_SECONDS = 20
MOST_POINTS = 100_000_000
LONGEST = 2_000
FORMATS = ("JPEG", "PNG", "HEIF")


def show(content: bytes) -> bytes:
    """The picture upright, small and without anything beside it. Raises ValueError, OSError."""
    register_heif_opener(thumbnails=False)
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_POINTS:
            raise ValueError("too many points")
        picture.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST, LONGEST))
        plain = Image.new("RGB", upright.size, "white")
        plain.paste(upright, mask=upright if upright.mode in ("RGBA", "LA") else None)
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=85)
    return target.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sys.stdout.buffer.write(show(sys.stdin.buffer.read()))
