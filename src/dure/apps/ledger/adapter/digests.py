"""What an entry says as bytes, and the digests over them."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from dure.apps.ledger.models import Seal
from dure.foundation import keys

LAST_SEAL = "ledger-last-seal.json"
"""The file beside the keys that says what the last seal was."""


class AccountName(NamedTuple):
    """Which account is meant; it is opened when something is posted to it."""

    kind: str
    subject: str
    part: str = ""
    currency: str = "KRW"


class Posting(NamedTuple):
    """A line to post: minor units, debit positive."""

    account: AccountName
    amount: int


class Header(NamedTuple):
    """What an entry says beside its lines, as it stands in the database."""

    key: str
    day: date
    kind: str
    cause: str
    note: str
    corrects: int | None
    created_by: int | None
    created_at: datetime


def digest_of(header: Header, lines: Iterable[Posting]) -> str:
    """The digest of an entry, computed with the ledger's own key; the order of lines is no matter."""
    values = [
        *header._replace(
            day=header.day.isoformat(),  # type: ignore[arg-type]
            created_at=header.created_at.astimezone(UTC).isoformat(),  # type: ignore[arg-type]
        ),
        sorted([*line.account, line.amount] for line in lines),
    ]
    return _mac(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode())


def seal_digest(before: str, number: int, count: int, digests: Iterable[str]) -> str:
    """The digest of a seal: of the one before it, and of the entries since then in their order."""
    seal = hmac.new(_key(), f"{before}/{number}/{count}".encode(), hashlib.sha256)
    for digest in digests:
        seal.update(digest.encode())
    return seal.hexdigest()


def _mac(content: bytes) -> str:
    return hmac.new(_key(), content, hashlib.sha256).hexdigest()


def _key() -> bytes:
    return keys.kept_key("ledger")


def as_kept(seal: Seal) -> dict[str, int | str]:
    """A seal as it is kept outside the database."""
    return {"number": seal.number, "entry_count": seal.entry_count, "digest": seal.digest}


def kept_seal() -> dict[str, int | str] | None:
    """The last seal as it is kept outside the database; None when there is none yet."""
    content = keys.read_file(LAST_SEAL)
    return json.loads(content) if content else None
