"""Photos that people send, as a picture that every browser shows: turned upright, nothing said of where."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)
ENDINGS = ("jpg", "jpeg", "png", "heic", "heif")
SECONDS = 40


def is_picture(name: str) -> bool:
    """True for the name of a file that can be shown as a picture."""
    return name.rpartition(".")[2].lower() in ENDINGS


def shown(content: IO[bytes]) -> bytes | None:
    """A photo as JPEG, upright and at most 2,000 points long; None where it cannot be shown.

    What a camera writes beside the picture (place, device, time) is not in it. It is made in a
    process of its own with limits on memory and time; `content` stays as it is.
    """
    content.seek(0)
    try:
        child = subprocess.run(  # noqa: S603 -- our own reader
            [sys.executable, "-I", str(Path(__file__).with_name("_show.py"))],
            input=content.read(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        content.seek(0)
    if child.returncode:
        log.info("a picture cannot be shown: %s", child.stderr.decode(errors="replace")[-300:])
        return None
    return child.stdout
