"""Word-processor documents (.hwpx, .hwp): hostile until parsed, then lines of cells in order."""

from dure.foundation.documents._document import (
    DocumentProblem,
    UnreadableDocument,
    count_pages,
    read_document,
)

__all__ = ["DocumentProblem", "UnreadableDocument", "count_pages", "read_document"]
