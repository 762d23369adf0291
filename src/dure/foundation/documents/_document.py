"""A document from outside, as lines of cells."""

import json
import logging
import signal
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
# Imported and not run as a file, so that Python need not compile it again for every document.
READER = "import sys; sys.path.append(sys.argv.pop(1)); import _read; _read.main()"


class DocumentProblem(StrEnum):
    """Why a document cannot be read."""

    OTHER_KIND = "OTHER_KIND"
    LOCKED = "LOCKED"
    DAMAGED = "DAMAGED"
    TOO_LARGE = "TOO_LARGE"


class UnreadableDocument(Exception):
    """The document as a whole cannot be taken."""

    def __init__(self, problem: DocumentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read_document(path: Path) -> list[list[str]]:
    """The lines of a .hwpx or .hwp document, tables row by row; a paragraph is a line of one cell.

    The file is parsed in a process of its own with limits on memory and time. Raises
    UnreadableDocument.
    """
    answer = answer_of(READER, str(Path(__file__).parent), str(path))
    lines: list[list[str]] = answer["lines"]
    return lines


def answer_of(code: str, *arguments: str, question: bytes = b"") -> dict[str, Any]:
    """What our own code says, as JSON, of a document that it reads in a process of its own.

    The code sets its limits on memory. Raises UnreadableDocument with the problem that it names, or
    when it takes too long or fails.
    """
    try:
        child = subprocess.run(  # noqa: S603 -- our own reader
            [sys.executable, "-I", "-c", code, *arguments],
            input=question,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(DocumentProblem.TOO_LARGE) from error
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableDocument(DocumentProblem.TOO_LARGE)
    if child.returncode != 0:
        log.error("the reader failed: %s", child.stderr.decode(errors="replace")[-2000:])
        raise UnreadableDocument(DocumentProblem.DAMAGED)
    answer: dict[str, Any] = json.loads(child.stdout)
    if "problem" in answer:
        raise UnreadableDocument(DocumentProblem(answer["problem"]))
    return answer


def text_of_pdf(path: Path) -> str | None:
    """The text of the first pages of a PDF; None where it cannot be read. Of a scan it is empty."""
    code = "import sys; sys.path.append(sys.argv.pop(1)); import _text; _text.main()"
    try:
        answer = answer_of(code, str(Path(__file__).parent), str(path))
    except UnreadableDocument:
        return None
    text: str = answer["text"]
    return text


def count_pages(name: str, content: bytes) -> int | None:
    """How many pages a .pdf or .docx has; None where the document does not say it, as .hwp.

    It is read in a process of its own, with limits on memory and time, and not written anywhere.
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in ("pdf", "docx"):
        return None
    try:
        child = subprocess.run(  # noqa: S603 -- our own reader
            [sys.executable, "-I", str(Path(__file__).with_name("_pages.py")), ending],
            input=content,
            capture_output=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if child.returncode != 0:
        log.warning("the pages of a document cannot be counted")
        return None
    pages: int | None = json.loads(child.stdout)
    return pages
