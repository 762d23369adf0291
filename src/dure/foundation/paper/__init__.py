"""Pages for paper: HTML in, PDF out, with Korean letters embedded and nothing fetched from outside."""

from dure.foundation.paper._pdf import pdf, pdf_of

__all__ = ["pdf", "pdf_of"]
