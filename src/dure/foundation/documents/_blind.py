"""A document without certain words, read in a process of its own: `python -I` of this file.

The standard input is a line of JSON (what is asked, the ending, the words and what stands for them)
and the document. `copy` writes it without what it says of its author; of packages of XML (.docx,
.xlsx, .pptx, .hwpx) and plain text without the words too. `pages` writes the numbers of the pages of
a PDF on which one of the words stands: a PDF cannot be changed without harm.
"""

import io
import json
import re
import resource
import sys
import zipfile
from html import escape
from typing import Any

MEMORY_LIMIT, CPU_SECONDS, MOST_BYTES, MOST_PART = 1 << 30, 30, 60_000_000, 100_000_000
PACKAGES = ("docx", "xlsx", "pptx", "hwpx")
TEXTS = ("txt", "csv")
_TEXT_PARTS = (".xml", ".hpf", ".rels", ".txt", ".rdf")
# What a program notes of who wrote: of OOXML, and of HWPX in its manifest.
_AUTHORS = re.compile(
    r"(<(?:dc:creator|cp:lastModifiedBy|Company|Manager|dc:subject|cp:keywords|opf:creator)[^>]*>)"
    r"[^<]*(</)|"
    r"(<opf:meta name=\"(?:creator|lastsaveby|subject|keyword|description)\"[^>]*>)[^<]*(</)"
)
_PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00\x00\x00IEND\xaeB`\x82"
)


def copied(ending: str, content: bytes, pattern: re.Pattern[str] | None, mask: str) -> bytes:
    """The document without what it says of its author and, where they can be taken out, the words."""
    if ending == "pdf":
        return _pdf(content)
    if ending in PACKAGES:
        return _package(content, pattern, mask)
    if ending in TEXTS and pattern:
        return _masked(content, pattern, mask)
    return content


def pages_with(content: bytes, pattern: re.Pattern[str]) -> list[int]:
    """The pages of a PDF, from 1 on, on which the pattern stands; spaces between letters ignored."""
    from pypdf import PdfReader  # noqa: PLC0415 -- only PDFs need it

    pages = PdfReader(io.BytesIO(content)).pages
    return [
        number
        for number, page in enumerate(pages, start=1)
        if pattern.search("".join((page.extract_text() or "").split()))
    ]


def _pdf(content: bytes) -> bytes:
    from pypdf import PdfWriter  # noqa: PLC0415 -- only PDFs need it

    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.metadata = None
    writer.root_object.pop("/Metadata", None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _package(content: bytes, pattern: re.Pattern[str] | None, mask: str) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for part in package.infolist():
            if part.file_size > MOST_PART:
                raise ValueError(part.filename)
            data = package.read(part)
            if part.filename.lower().endswith(_TEXT_PARTS):
                data = _part(data, pattern, mask)
            elif part.filename.startswith("Preview/") or "thumbnail" in part.filename.lower():
                data = _PICTURE
            written.writestr(part, data)
    return out.getvalue()


def _part(data: bytes, pattern: re.Pattern[str] | None, mask: str) -> bytes:
    text = data.decode("utf-8", errors="surrogateescape")
    text = _AUTHORS.sub(lambda match: (match[1] or match[3]) + (match[2] or match[4]), text)
    if pattern:
        text = pattern.sub(mask, text)
    return text.encode("utf-8", errors="surrogateescape")


def _masked(content: bytes, pattern: re.Pattern[str], mask: str) -> bytes:
    for encoding in ("utf-8", "cp949"):
        try:
            return pattern.sub(mask, content.decode(encoding)).encode(encoding, errors="replace")
        except UnicodeDecodeError:
            continue
    return content


def pattern_of(words: list[str], *, is_packed: bool) -> re.Pattern[str] | None:
    """The longest of the words first; `is_packed` without their spaces."""
    patterns = {"".join(word.split()) if is_packed else word for word in words}
    patterns |= {escape(word) for word in patterns}
    longest = sorted((word for word in patterns if word), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))) if longest else None


def main() -> None:
    """Answer the question in the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read(MOST_BYTES)
    pattern = pattern_of(asked["words"], is_packed=asked["what"] == "pages")
    if asked["what"] == "copy":
        sys.stdout.buffer.write(copied(asked["ending"], content, pattern, asked["mask"]))
    else:
        sys.stdout.write(json.dumps(pages_with(content, pattern) if pattern else []))


if __name__ == "__main__":
    main()
