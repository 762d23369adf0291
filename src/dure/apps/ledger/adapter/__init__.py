"""Entries as the bytes that their digests are computed from, and the check of the whole ledger."""

from dure.apps.ledger.adapter.digests import (
    LAST_SEAL,
    AccountName,
    Header,
    Posting,
    as_kept,
    digest_of,
    seal_digest,
)
from dure.apps.ledger.adapter.faults import Fault, faults

__all__ = [
    "LAST_SEAL",
    "AccountName",
    "Fault",
    "Header",
    "Posting",
    "as_kept",
    "digest_of",
    "faults",
    "seal_digest",
]
