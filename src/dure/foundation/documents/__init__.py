"""Word-processor documents (.hwpx, .hwp): hostile until parsed, then lines of cells in order."""

from dure.foundation.documents._blinding import blind_copy, pages_naming
from dure.foundation.documents._document import (
    DocumentProblem,
    UnreadableDocument,
    count_pages,
    read_document,
    text_of_pdf,
)
from dure.foundation.documents._hwpx_write import hwpx
from dure.foundation.documents.blocks import Block, Cell, Heading, Paragraph, Table

__all__ = [
    "Block",
    "Cell",
    "DocumentProblem",
    "Heading",
    "Paragraph",
    "Table",
    "UnreadableDocument",
    "blind_copy",
    "count_pages",
    "hwpx",
    "pages_naming",
    "read_document",
    "text_of_pdf",
]
