"""How many pages a document has, read in a process of its own: `python -m` of this module.

A PDF is counted. Of a .docx the number is what the program wrote that made it; .hwpx and .hwp do
not say.
"""

import io
import json
import re
import resource
import sys
import zipfile

MEMORY_LIMIT, CPU_SECONDS, MOST_BYTES = 1 << 30, 20, 50_000_000
_PAGES = re.compile(rb"<Pages>(\d{1,6})</Pages>")


def counted(ending: str, content: bytes) -> int | None:
    """The number of pages; None where it is not known."""
    if ending == "pdf":
        from pypdf import PdfReader  # noqa: PLC0415 -- only PDFs need it

        return len(PdfReader(io.BytesIO(content)).pages)
    if ending == "docx":
        with (
            zipfile.ZipFile(io.BytesIO(content)) as package,
            package.open("docProps/app.xml") as part,
        ):
            match = _PAGES.search(part.read(100_000))
        return int(match[1]) if match else None
    return None


def main() -> None:
    """Print the number of pages of what stands in the standard input, or null."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        pages = counted(sys.argv[1], sys.stdin.buffer.read(MOST_BYTES))
    except Exception:  # noqa: BLE001 -- whatever is wrong with a foreign file, its pages are not known
        pages = None
    sys.stdout.write(json.dumps(pages))


if __name__ == "__main__":
    main()
