"""Reads one document and prints it as JSON. Runs in a process of its own, with limits.

The libraries for these formats are young and the files come from outside, so whatever they raise
is caught here.
"""

import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import _hwpx
import syhwp
from syhwp import _hwp5

from dure.values.text import clean

MEMORY_LIMIT = 1024**3
CPU_SECONDS = 20
UNPACKED_LIMIT = 100 * 1024**2
TEXT_LIMIT = 500_000  # the longest of the real notices at hand has 120,000
CELL_LIMIT = 100_000
SECURED = (b"SCDSA", b"\x9b DRMONE", b"<DOCUMENT SAFER", b"<!-- FasooSecureContainer", b"HHSDRM")
SECTION = re.compile(r"Contents/section(\d{1,4})\.xml")
PICTURES = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")  # letters of the font's own
# What the library writes for a picture and around a formula.
OBJECT = re.compile(r"\[그림\]|\[수식(?:: ([^\[\]]*))?\]")
# Page headers and footers and hidden comments of .hwp, as their records name them.
UNSEEN = {name[::-1] for name in (b"head", b"foot", b"tcmt")}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """The document cannot be taken; the argument says why."""


def read(path: Path) -> list[list[str]]:
    """The document's lines, each a list of cells."""
    with path.open("rb") as file:
        head = file.read(64)
    if head.startswith(SECURED):
        raise Unreadable("LOCKED")
    if head.startswith(b"PK"):
        return _hwpx_lines(_sections(path))
    if not head.startswith(OLE):
        raise Unreadable("OTHER_KIND")
    build_tree = _without_notes(_hwp5._build_tree)  # noqa: SLF001 -- offers no other way
    _hwp5._build_tree = build_tree  # type: ignore[assignment]  # noqa: SLF001
    try:
        return _bounded(_hwp_lines(syhwp.open(path).blocks))
    except syhwp.EncryptedDocumentError as error:
        raise Unreadable("LOCKED") from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable("DAMAGED") from error


def _sections(path: Path) -> list[bytes]:
    """The parts of a HWPX document that hold its text, in order.

    Refuses archives that are no HWPX, are locked, unpack too large or lie about their sizes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            items = archive.infolist()
            sections = {int(m[1]): m[0] for n in archive.namelist() if (m := SECTION.fullmatch(n))}
            if not sections:
                raise Unreadable("OTHER_KIND")
            if sum(item.file_size for item in items) > UNPACKED_LIMIT:
                raise Unreadable("TOO_LARGE")
            manifests = [n for n in archive.namelist() if n.endswith("manifest.xml")]
            if any(item.flag_bits & 1 for item in items) or any(
                b"encryption-data" in archive.read(name) for name in manifests
            ):
                raise Unreadable("LOCKED")
            if archive.testzip() is not None:
                raise Unreadable("DAMAGED")
            parts = [archive.read(sections[number]) for number in sorted(sections)]
            if any(b"<!DOCTYPE" in part for part in parts):
                raise Unreadable("DAMAGED")
            return parts
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable("DAMAGED") from error
    except (ValueError, LookupError) as error:
        raise Unreadable("DAMAGED") from error


def _hwpx_lines(sections: list[bytes]) -> list[list[str]]:
    try:
        return _bounded(line for section in sections for line in _hwpx.lines_of(section))
    except _hwpx.TooDeep as error:
        raise Unreadable("TOO_LARGE") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable("DAMAGED") from error


def _hwp_lines(blocks: list[Any]) -> Iterator[list[str]]:
    for block in blocks:
        if not isinstance(block, syhwp.Table):
            yield [OBJECT.sub(r"\1", block.text)]
            continue
        rows: dict[int, list[Any]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell)
        for number in sorted(rows):
            row = sorted(rows[number], key=lambda cell: cell.col)
            yield [OBJECT.sub(r"\1", cell.text) for cell in row]


def _without_notes(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The library's maker of record trees, without the branches that are no text of the page."""

    def build_without(records: Any) -> Any:
        root = build(records)
        waiting = [root]
        while waiting:
            node = waiting.pop()
            node.children = [child for child in node.children if child.payload[:4] not in UNSEEN]
            waiting += node.children
        return root

    return build_without


def _bounded(lines: Iterable[list[str]]) -> list[list[str]]:
    """The lines without empty cells, if they are not too much."""
    kept, length = [], 0
    for line in lines:
        cells = [clean for cell in line if (clean := _clean(cell))]
        length += sum(map(len, cells))
        if length > TEXT_LIMIT:
            raise Unreadable("TOO_LARGE")
        if cells:
            kept.append(cells)
    return kept


def _clean(text: str) -> str:
    return " ".join(clean(PICTURES.sub(" ", text[:CELL_LIMIT])).split())


def main() -> None:
    """Print {"lines": …} or {"problem": …} for the file named on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        answer: dict[str, Any] = {"lines": read(Path(sys.argv[1]))}
    except Unreadable as problem:
        answer = {"problem": str(problem)}
    except MemoryError:
        answer = {"problem": "TOO_LARGE"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
