"""Reads one document and prints it as JSON. Runs in a process of its own, with limits.

The libraries for these formats are young and the files come from outside, so whatever they raise
is caught here: `python -I _read.py FILE`.
"""

import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import syhwp

MEMORY_LIMIT = 1024**3
CPU_SECONDS = 30
UNPACKED_LIMIT = 100 * 1024**2
TEXT_LIMIT = 5_000_000
CELL_LIMIT = 100_000
SECURED = (b"SCDSA", b"\x9b DRMONE", b"<DOCUMENT SAFER", b"<!-- FasooSecureContainer", b"HHSDRM")
SECTION = re.compile(r"Contents/section(\d{1,4})\.xml")
SPACES = ("lineBreak", "tab", "fwSpace", "nbSpace")
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
        return _bounded(_hwpx_lines(_sections(path)))
    if not head.startswith(OLE):
        raise Unreadable("OTHER_KIND")
    try:
        return _bounded(_hwp_lines(syhwp.open(path).blocks))
    except syhwp.EncryptedDocumentError as error:
        raise Unreadable("LOCKED") from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable("DAMAGED") from error


def _sections(path: Path) -> list[ElementTree.Element]:
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
            return [ElementTree.fromstring(part) for part in parts]  # noqa: S314 -- no DOCTYPE
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable("DAMAGED") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable("DAMAGED") from error


def _hwpx_lines(sections: list[ElementTree.Element]) -> Iterator[list[str]]:
    """Paragraphs and table rows as they stand; a table inside a cell is part of the cell's text."""
    for section in sections:
        waiting = list(reversed(section))
        while waiting:
            element = waiting.pop()
            match _local(element):
                case "tr":
                    yield [_text(cell) for cell in element.iter() if _local(cell) == "tc"]
                case "p" if not any(_local(inside) == "tbl" for inside in element.iter()):
                    yield [_text(element)]
                case "t":  # a paragraph may hold words and a table
                    yield ["".join(element.itertext())]
                case _:
                    waiting += reversed(element)


def _text(element: ElementTree.Element) -> str:
    """The words of a cell or paragraph, with a space where a line or a paragraph ends."""
    words: list[str] = []
    for inside in element.iter():
        match _local(inside):
            case "t":
                words.append(inside.text or "")
                for mark in inside:
                    words += [" " if _local(mark) in SPACES else "", mark.tail or ""]
            case "p":
                words.append(" ")
    return "".join(words)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _hwp_lines(blocks: list[Any]) -> Iterator[list[str]]:
    for block in blocks:
        if not isinstance(block, syhwp.Table):
            yield [block.text]
            continue
        rows: dict[int, list[Any]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell)
        for number in sorted(rows):
            yield [cell.text for cell in sorted(rows[number], key=lambda cell: cell.col)]


def _bounded(lines: Iterator[list[str]]) -> list[list[str]]:
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
    whole = text[:CELL_LIMIT].encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return re.sub(r"[\s\x00-\x1f\ue000-\uf8ff]+", " ", whole).strip()


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


if __name__ == "__main__":
    main()
