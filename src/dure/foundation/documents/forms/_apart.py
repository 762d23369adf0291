"""Filling and reading documents, each in a process of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dure.foundation.documents._document import (
    DocumentProblem,
    UnreadableDocument,
    answer_of,
)
from dure.foundation.documents.forms._form import Form, FormMismatch, FormProblem
from dure.foundation.unwritten import unwritten_folder

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
    with unwritten_folder() as folder:
        path, target = folder / "form.hwpx", folder / "filled.hwpx"
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
    with unwritten_folder() as folder:
        path = folder / "filled.hwpx"
        path.write_bytes(content)
        answer = _asked({"form": form.model_dump(), "path": str(path), "target": None})
    problems = _problems(answer)
    lacking = {problem.place for problem in problems if problem.kind in ("missing", "twice")}
    if not set(answer["values"]) - lacking:
        raise FormMismatch(problems)
    return Filled(answer["values"], problems)


def _problems(answer: Mapping[str, Any]) -> tuple[FormProblem, ...]:
    return tuple(FormProblem(*problem) for problem in answer["problems"])


def _asked(question: Mapping[str, Any]) -> dict[str, Any]:
    if Path(question["path"]).stat().st_size > MOST_BYTES:
        raise UnreadableDocument(DocumentProblem.TOO_LARGE)
    return answer_of(WORKER, FOLDER, question=json.dumps(question).encode())
