"""Spending of projects as files or rows, read into tables for the signals of `engines/auditing`."""

from dure.foundation.ledgers._columns import EXPENSES, PROJECTS, RELATIONS
from dure.foundation.ledgers._faults import Fault, UnusableLedger
from dure.foundation.ledgers._fingerprints import fingerprint_of_picture, fingerprint_of_text
from dure.foundation.ledgers._limits import require_size
from dure.foundation.ledgers._open import Files, held, opened
from dure.foundation.ledgers._rows import rows_told
from dure.foundation.ledgers._written import write_findings, write_ranking

__all__ = [
    "EXPENSES",
    "PROJECTS",
    "RELATIONS",
    "Fault",
    "Files",
    "UnusableLedger",
    "fingerprint_of_picture",
    "fingerprint_of_text",
    "held",
    "opened",
    "require_size",
    "rows_told",
    "write_findings",
    "write_ranking",
]
