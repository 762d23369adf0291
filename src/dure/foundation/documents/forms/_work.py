"""Fills or reads one document and prints the outcome. Runs in a process of its own, with limits.

Its input is JSON: the form, the values where it is to be filled, and the path of the document; what it
wrote lies at `target`.
"""

import json
import resource
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import _read

from dure.foundation.documents.forms._apply import fill, read
from dure.foundation.documents.forms._form import Form, FormMismatch
from dure.foundation.documents.forms._xml import Section


def main() -> None:
    """Do what standard input says."""
    limits = (_read.MEMORY_LIMIT, _read.MEMORY_LIMIT)
    resource.setrlimit(resource.RLIMIT_AS, limits)
    resource.setrlimit(resource.RLIMIT_CPU, (_read.CPU_SECONDS, _read.CPU_SECONDS))
    asked = json.load(sys.stdin)
    try:
        answer = _done(asked)
    except _read.Unreadable as problem:
        answer = {"problem": str(problem)}
    except MemoryError:
        answer = {"problem": "TOO_LARGE"}
    except (ParseError, ValueError, LookupError, RecursionError, zipfile.BadZipFile, OSError):
        answer = {"problem": "DAMAGED"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    form, path = Form.model_validate(asked["form"]), Path(asked["path"])
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(_read.SECURED):
        raise _read.Unreadable("LOCKED")
    if not head.startswith(b"PK"):
        raise _read.Unreadable("OTHER_KIND")
    sections = [Section(part) for part in _read._sections(path)]  # noqa: SLF001 -- same reader
    if asked.get("target") is None:
        values, problems = read(form, sections)
        return {"values": values, "problems": _plain(problems)}
    try:
        fill(form, sections, asked["values"])
    except FormMismatch as error:
        return {"problems": _plain(error.problems)}
    _pack(path, Path(asked["target"]), [section.written() for section in sections])
    return {"problems": []}


def _plain(problems: Any) -> list[list[str]]:
    return [[problem.place, problem.kind, problem.text] for problem in problems]


def _pack(source: Path, target: Path, parts: list[bytes]) -> None:
    """Write the package anew with other sections; every other part stays byte for byte.

    The picture of the first page would show the empty form, so it goes.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        numbers = {
            int(m[1]): m[0] for name in old.namelist() if (m := _read.SECTION.fullmatch(name))
        }
        written = {numbers[at]: part for at, part in zip(sorted(numbers), parts, strict=True)}
        for item in old.infolist():
            if item.filename.startswith("Preview/PrvImage"):
                continue
            kept = zipfile.ZipInfo(item.filename, item.date_time)
            kept.compress_type, kept.external_attr = item.compress_type, item.external_attr
            new.writestr(kept, written.get(item.filename) or old.read(item.filename))
