"""Recording what happened, in the transaction in which it happens."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from dure.apps.people.models import Organisation, User
from dure.apps.records import adapter
from dure.apps.records.adapter import FileHash
from dure.apps.records.kinds import LOG_OPENED, RecordKind
from dure.apps.records.models import Entry
from dure.engines.transparency import leaf_hash
from dure.foundation.advisory_lock import in_turn


class OutsideTransaction(RuntimeError):
    """What is recorded belongs into the transaction of its act."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What is to be recorded.

    `about` names the thing (`nda:12`); `content` is plain JSON of facts and hashes, never what is
    secret itself; `parties` may have the proof, and the programme office where `is_of_office`.
    """

    kind: RecordKind
    about: str
    content: Mapping[str, Any]
    files: Sequence[FileHash] = ()
    parties: Sequence[Organisation] = field(default_factory=tuple)
    is_of_office: bool = False


def record(
    *,
    kind: RecordKind,
    about: str,
    content: Mapping[str, Any],
    files: Sequence[FileHash] = (),
    parties: Sequence[Organisation] = (),
    is_of_office: bool = False,
    by: User | None,
    at: datetime,
) -> Entry:
    """Record one act; see NewRecord. Its place it gets when the transaction commits.

    Raises OutsideTransaction, and ValueError for what is no plain JSON or too large.
    """
    new = NewRecord(kind, about, content, files, parties, is_of_office)
    return record_all([new], by=by, at=at)[0]


def record_all(records: Sequence[NewRecord], *, by: User | None, at: datetime) -> list[Entry]:
    """Record acts that happen at once, in this order. Raises as `record` does."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("record() stands in the transaction of what it records")
    _open(at)
    return _written([_entry(record, by, at) for record in records])


def _open(at: datetime) -> None:
    """The first entry of all says which record this is, and its key."""
    if Entry.objects.exists():
        return
    in_turn("records", "open")
    if not Entry.objects.exists():
        keys = adapter.log_keys()
        content = {"origin": keys.origin, "key": str(keys.verifiers[0])}
        _entry(NewRecord(LOG_OPENED, "record:0", content), None, at).save()


def _entry(new: NewRecord, by: User | None, at: datetime) -> Entry:
    leaf = adapter.leaf_of(
        kind=new.kind.code,
        about=new.about,
        content=new.content,
        files=new.files,
        parties=new.parties,
        by=by,
        at=at,
    )
    return Entry(
        kind=new.kind.code,
        about=new.about,
        parties=sorted({party.pk for party in new.parties}),
        is_of_office=new.is_of_office,
        leaf=leaf,
        leaf_hash=leaf_hash(leaf.encode()),
        mac=adapter.mac_of(leaf),
        created_by=by,
        created_at=at,
    )


def _written(entries: list[Entry]) -> list[Entry]:
    """Write entries in one statement whose text is the same for any number, and give them their keys."""
    rows = [
        {
            "n": n,
            "kind": entry.kind,
            "about": entry.about,
            "parties": entry.parties,
            "is_of_office": entry.is_of_office,
            "leaf": entry.leaf,
            "leaf_hash": entry.leaf_hash.hex(),
            "mac": entry.mac.hex(),
            "created_by_id": entry.created_by_id,
            "created_at": entry.created_at.isoformat(),
        }
        for n, entry in enumerate(entries)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO records_entry
              (kind, about, parties, is_of_office, leaf, leaf_hash, mac, created_by_id, created_at)
            SELECT kind, about, parties, is_of_office, leaf, decode(leaf_hash, 'hex'),
                   decode(mac, 'hex'), created_by_id, created_at
            FROM json_to_recordset(%s::json) AS new (
              n integer, kind text, about text, parties bigint[], is_of_office boolean, leaf text,
              leaf_hash text, mac text, created_by_id bigint, created_at timestamptz
            )
            ORDER BY n
            RETURNING id
            """,
            [json.dumps(rows)],
        )
        for entry, (key,) in zip(entries, cursor.fetchall(), strict=True):
            entry.pk = key
            # As Django's own bulk_create leaves them.
            entry._state.adding, entry._state.db = False, connection.alias  # noqa: SLF001
    return entries
