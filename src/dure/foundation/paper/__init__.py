"""Pages for paper: HTML in, PDF out, with Korean letters embedded and nothing fetched from outside.

`marked` writes across the pages of any PDF, and across PNG and JPEG pictures, whose copy it is; `marks_in`
reads that back.
"""

from dure.foundation.paper._errors import CannotMark
from dure.foundation.paper._marks import can_be_marked, marked, marks_in
from dure.foundation.paper._pdf import pdf, pdf_of

__all__ = ["CannotMark", "can_be_marked", "marked", "marks_in", "pdf", "pdf_of"]
