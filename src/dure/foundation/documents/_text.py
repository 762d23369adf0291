"""The text of a PDF, read in a process of its own with limits: hostile until parsed."""

import json
import resource
import sys

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MEMORY = 1024**3
SECONDS = 20
PAGES, LETTERS = 20, 50_000


def main() -> None:
    """Print the text of the file in the first argument as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        pages = PdfReader(sys.argv[1]).pages[:PAGES]
        text = "\n".join(page.extract_text() or "" for page in pages)[:LETTERS]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, MemoryError):
        sys.stdout.write(json.dumps({"problem": "DAMAGED"}))
        return
    sys.stdout.write(json.dumps({"text": text}))


if __name__ == "__main__":
    main()
