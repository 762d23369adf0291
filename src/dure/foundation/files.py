"""Files that people send each other: names made harmless, types known by content.

A name may be in any script; what could steer a terminal, a path or the order of letters is left
out. A type counts only where the content says the same as the ending.
"""

import hashlib
import re
import unicodedata
import zipfile
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import IO, Any

from dure.values.text import clean

LONGEST_NAME = 150
MOST_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "hwp": (_OLE, b"HWP Document File"),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "ppt": (_OLE,),
}
# What a package of each kind holds: its main part.
_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "hwpx": "Contents/content.hpf",
}
_TEXT = ("txt", "csv")
# Photos of iPhones: a box "ftyp" whose brand names the coding.
_HEIF = ("heic", "heif")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
ENDINGS = (*_BEGINNINGS, *_HEIF, *_PARTS, *_TEXT)
# What firms show each other beside documents: drawings, archives of them, and films.
_TECHNICAL = {
    "dwg": (b"AC10",),
    "step": (b"ISO-10303-21",),
    "stp": (b"ISO-10303-21",),
    "zip": (b"PK\x03\x04",),
}
TECHNICAL_ENDINGS = (*ENDINGS, *_TECHNICAL, "mp4")


def clean_name(name: str) -> str:
    """The name under which a file is kept and offered: at most 150 characters, never empty."""
    name = clean(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        character
        for character in " ".join(name.split())
        if unicodedata.category(character)[0] != "C"
    )
    shown = re.sub(r'[<>:"|?*]', "_", shown).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if not stem or len(ending) > 10:
        return shown[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"


class Unfit(StrEnum):
    """Why a file is not taken; the apps' reasons have these names."""

    FILE_EMPTY = "FILE_EMPTY"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    FILE_NOT_ALLOWED = "FILE_NOT_ALLOWED"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is kept beside a file: a harmless name, its size in bytes, its hash."""

    name: str
    size: int
    sha256: str

    def as_fields(self) -> dict[str, Any]:
        """As fields of a model that have these names."""
        return asdict(self)


def examined(file: Any, limit: int) -> FileFacts | Unfit:
    """The facts of a file that was sent and may be kept, at most `limit` bytes long; or why not."""
    if not file.size:
        return Unfit.FILE_EMPTY
    if file.size > limit:
        return Unfit.FILE_TOO_LARGE
    name = clean_name(file.name or "")
    if not is_what_it_says(name, file):
        return Unfit.FILE_NOT_ALLOWED
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return FileFacts(name, file.size, digest.hexdigest())


def is_what_it_says(name: str, content: IO[bytes]) -> bool:
    """True when a file is of a kind that may be sent and its content fits the ending of its name.

    Programs, pages with scripts and documents with macros are none. `content` is left at its
    beginning.
    """
    ending = name.rpartition(".")[2].lower()
    content.seek(0)
    try:
        if ending in _BEGINNINGS:
            return content.read(32).startswith(_BEGINNINGS[ending])
        if ending in _HEIF:
            head = content.read(12)
            return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS
        if ending in _PARTS:
            return _has_part(content, _PARTS[ending])
        return ending in _TEXT and _is_text(content)
    finally:
        content.seek(0)


def is_technical_file(name: str, content: IO[bytes]) -> bool:
    """As `is_what_it_says`, and true for drawings, archives and films too. An archive is not opened."""
    ending = name.rpartition(".")[2].lower()
    if ending not in _TECHNICAL and ending != "mp4":
        return is_what_it_says(name, content)
    content.seek(0)
    head = content.read(16)
    content.seek(0)
    return head[4:8] == b"ftyp" if ending == "mp4" else head.startswith(_TECHNICAL[ending])


def _has_part(content: IO[bytes], part: str) -> bool:
    try:
        with zipfile.ZipFile(content) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return part in names and not has_macros and len(names) <= MOST_PARTS


def _is_text(content: IO[bytes]) -> bool:
    head = content.read(1 << 16)
    if not head.strip() or b"\x00" in head or head.lstrip().startswith((b"<", b"#!", b"MZ")):
        return False
    # A letter may be cut at the end of what was read.
    return any(_decodes(head[: len(head) - cut], "utf-8") for cut in range(4)) or any(
        _decodes(head[: len(head) - cut], "cp949") for cut in range(2)
    )


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        head.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
