"""What an entry says, as the bytes that are hashed."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dure.apps.people.models import Organisation, User
from dure.foundation import keys, sealing

VERSION = 1
MOST_BYTES = 65_535
SALT_BYTES = 32


class FileHash(NamedTuple):
    """A file by its name and its SHA-256, as 64 hexadecimal digits."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "FileHash":
        """That of a content."""
        return cls(name, hashlib.sha256(content).hexdigest())


def leaf_of(
    *,
    kind: str,
    about: str,
    content: Mapping[str, Any],
    files: Iterable[FileHash],
    parties: Iterable[Organisation],
    by: User | None,
    at: datetime,
) -> str:
    """The canonical JSON of an entry, with a salt of its own, so that its hash tells nothing.

    People stand in it by their number alone: what is recorded stays for good, also after an account
    is closed. Raises ValueError for what is no plain JSON or too large.
    """
    parts = {
        "v": VERSION,
        "kind": kind,
        "about": about,
        "content": content,
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
        "parties": [
            {
                "id": f"organisation:{party.pk}",
                "name": party.official_name("ko"),
                "number": str(party.number or ""),
            }
            for party in parties
        ],
        "by": f"person:{by.pk}" if by else None,
        "at": moment(at),
        "salt": secrets.token_hex(SALT_BYTES),
    }
    leaf = sealing.canonical(parts)
    if len(leaf) > MOST_BYTES:
        raise ValueError("an entry has at most 65,535 bytes; put the rest into a file")
    return leaf.decode()


def moment(at: datetime) -> str:
    """A time as an entry writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def mac_of(leaf: str) -> bytes:
    """The code over an entry with a key outside the database: it names the very entry that was changed."""
    return hmac.new(keys.kept_key("records"), leaf.encode(), hashlib.sha256).digest()
