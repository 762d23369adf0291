"""Filling and reading documents, each in a process of its own."""

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dure.foundation.documents._document import DocumentProblem, UnreadableDocument
from dure.foundation.documents.forms._form import Form, FormMismatch, FormProblem

log = logging.getLogger(__name__)
WORKER = (
    "import sys; sys.path.append(sys.argv.pop(1));"
    " from dure.foundation.documents.forms._work import main; main()"
)
FOLDER = str(Path(__file__).parents[1])
MOST_BYTES = 50 * 1024**2


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled form says: a value for each field, and what could not be read, by place."""

    values: dict[str, Any]
    problems: tuple[FormProblem, ...]


def fill(form: Form, template: bytes, values: Mapping[str, Any]) -> bytes:
    """Return the HWPX document `template` with values in the fields of the form.

    Values are texts (several lines by a line feed), whole won, the name of an option, or for a list
    rows of them; None empties a field. All else of the document stays as it is. Raises FormMismatch
    with every place that does not take its value, UnreadableDocument.
    """
    with TemporaryDirectory() as folder:
        path, target = Path(folder) / "form.hwpx", Path(folder) / "filled.hwpx"
        path.write_bytes(template)
        answer = _asked(
            {"form": form.model_dump(), "path": str(path), "target": str(target)}
            | {"values": dict(values)}
        )
        if problems := _problems(answer):
            raise FormMismatch(problems)
        return target.read_bytes()


def read(form: Form, content: bytes) -> Filled:
    """Return what stands in the fields of a filled HWPX form.

    Raises FormMismatch when not one field of the form is there, UnreadableDocument.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "filled.hwpx"
        path.write_bytes(content)
        answer = _asked({"form": form.model_dump(), "path": str(path), "target": None})
    problems = _problems(answer)
    lacking = {each.place for each in problems if each.kind in ("missing", "twice")}
    if not set(answer["values"]) - lacking:
        raise FormMismatch(problems)
    return Filled(answer["values"], problems)


def _problems(answer: Mapping[str, Any]) -> tuple[FormProblem, ...]:
    return tuple(FormProblem(*each) for each in answer["problems"])


def _asked(question: Mapping[str, Any]) -> dict[str, Any]:
    if Path(question["path"]).stat().st_size > MOST_BYTES:
        raise UnreadableDocument(DocumentProblem.TOO_LARGE)
    try:
        child = subprocess.run(  # noqa: S603 -- our own reader
            [sys.executable, "-I", "-c", WORKER, FOLDER],
            input=json.dumps(question).encode(),
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
