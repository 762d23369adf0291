"""Word-processor documents (.hwpx, .hwp): hostile until parsed, then lines of cells in order."""

from dure.foundation.documents._document import (
    DocumentProblem,
    UnreadableDocument,
    count_pages,
    read_document,
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
    "count_pages",
    "hwpx",
    "read_document",
]
