"""What of the record is kept outside the database: its name, its keys, its last checkpoint."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from dure.engines.transparency import Signer, VerifierKey
from dure.foundation import keys

_KEYS = "records-keys.json"
LAST_CHECKPOINT = "records-last-checkpoint.txt"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class LogKey:
    """A key of the record: since when it signs, and until when; None while no other follows it."""

    signer: Signer
    since: datetime | None
    until: datetime | None

    def signs_at(self, at: datetime) -> bool:
        """Whether checkpoints of this moment are signed with it."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The name of the record (`origin`) and all keys that it ever had, the oldest first."""

    origin: str
    keys: Sequence[LogKey]

    def signers_at(self, at: datetime) -> list[Signer]:
        """Who signs at a moment: one key, and two while one follows the other.

        With a clock that stands before the first key, that one.
        """
        signers = [key.signer for key in self.keys if key.signs_at(at)]
        return signers or [self.keys[0].signer]

    @property
    def verifiers(self) -> list[VerifierKey]:
        """What the world knows of the keys."""
        return [key.signer.key for key in self.keys]


def log_keys() -> LogKeys:
    """The keys of the record; the first is made at first use."""
    kept = json.loads(keys.kept_file(_KEYS, _first))
    return LogKeys(
        kept["origin"],
        [
            LogKey(
                Signer(kept["origin"], bytes.fromhex(key["secret"])),
                *(key[end] and datetime.fromisoformat(key[end]) for end in ("since", "until")),
            )
            for key in kept["keys"]
        ],
    )


def new_key(*, at: datetime, overlap: timedelta) -> VerifierKey:
    """Add a key that signs from now on; those before it go on beside it for `overlap`."""
    log_keys()
    kept = json.loads(keys.read_file(_KEYS) or b"{}")
    for key in kept["keys"]:
        key["until"] = key["until"] or (at + overlap).isoformat()
    kept["keys"].append(_made(at))
    keys.write_file(_KEYS, json.dumps(kept).encode())
    return log_keys().verifiers[-1]


def kept_checkpoint() -> bytes | None:
    """The last checkpoint as it is kept beside the keys."""
    return keys.read_file(LAST_CHECKPOINT)


def _first() -> bytes:
    host = urlsplit(settings.BASE_URL).netloc or "dure"
    return json.dumps({"origin": f"{host}/log", "keys": [_made(None)]}).encode()


def _made(at: datetime | None) -> dict[str, str | None]:
    since = at.isoformat() if at else None
    return {"secret": secrets.token_hex(KEY_BYTES), "since": since, "until": None}
