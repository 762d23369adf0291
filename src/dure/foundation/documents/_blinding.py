"""Documents without names: a copy that hides them, and where a PDF still says them."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

log = logging.getLogger(__name__)
HIDES = ("docx", "xlsx", "pptx", "hwpx", "txt", "csv")


def blind_copy(name: str, content: bytes, words: Iterable[str], mask: str) -> bytes | None:
    """A document without what it says of its author; None where it cannot be read.

    Of .docx, .xlsx, .pptx, .hwpx and plain text also with `mask` in the place of the words, where a
    word is not broken by its formatting. It is read in a process of its own, with limits.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in (*HIDES, "pdf"):
        return content
    return _answer({"what": "copy", "ending": ending, "words": [*words], "mask": mask}, content)


def pages_naming(name: str, content: bytes, words: Iterable[str]) -> list[int] | None:
    """The pages of a PDF on which one of the words stands; None where a document cannot be looked at.

    None of those whose words a copy hides.
    """
    ending = name.rpartition(".")[2].lower()
    if ending != "pdf":
        return [] if ending in HIDES else None
    answer = _answer({"what": "pages", "ending": "pdf", "words": [*words], "mask": ""}, content)
    pages: list[int] | None = json.loads(answer) if answer else None
    return pages


def _answer(asked: dict[str, object], content: bytes) -> bytes | None:
    try:
        child = subprocess.run(  # noqa: S603 -- our own reader
            [sys.executable, "-I", str(Path(__file__).with_name("_blind.py"))],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if child.returncode != 0:
        log.warning("a document cannot be read to hide names")
        return None
    return child.stdout
