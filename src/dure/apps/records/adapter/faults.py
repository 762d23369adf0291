"""Whether the record is what was recorded: everything computed anew, against what a superuser may do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from dure.apps.records.adapter.columns import differs
from dure.apps.records.adapter.guards import missing_guards
from dure.apps.records.adapter.keeping import kept_checkpoint, log_keys
from dure.apps.records.adapter.leaves import mac_of
from dure.apps.records.kinds import FaultKind
from dure.apps.records.models import Checkpoint, Entry, Tile, Timestamp
from dure.engines.transparency import (
    HASH_BYTES,
    WIDTH,
    BadCheckpoint,
    BadNote,
    GrowingTree,
    leaf_hash,
    open_note,
    read_checkpoint,
)
from dure.foundation import timestamps

AT_ONCE = 5_000
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, at which entry at the earliest (None where it is about none), and where."""

    kind: FaultKind
    index: int | None
    where: str


@dataclass(frozen=True, slots=True)
class _Signed:
    """A checkpoint to hold the entries against."""

    size: int
    root: bytes
    where: str
    is_elsewhere: bool = False


def faults(against: Sequence[bytes] = ()) -> Iterator[Fault]:
    """Find everything that is not as it was recorded, in the order of the entries.

    `against` are checkpoints kept elsewhere, as notes; raises BadNote or BadCheckpoint for one that is
    not of this record. What is recorded meanwhile does not disturb it, if it is asked outside a
    transaction.
    """
    elsewhere = [_elsewhere(note) for note in against]
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for where in missing_guards():
            yield Fault(FaultKind.GUARD_MISSING, None, where)
        checkpoints = list(Checkpoint.objects.order_by("size"))
        for checkpoint in checkpoints:
            yield from _of_checkpoint(checkpoint)
        yield from _kept_outside({checkpoint.size: checkpoint for checkpoint in checkpoints})
        signed = [
            _Signed(checkpoint.size, bytes(checkpoint.root), f"checkpoint {checkpoint}")
            for checkpoint in checkpoints
        ]
        tiled = max((checkpoint.size for checkpoint in checkpoints), default=0)
        yield from _entries(sorted([*signed, *elsewhere], key=lambda checked: checked.size), tiled)
        yield from _not_placed()
        yield from _timestamps()


def _elsewhere(note: bytes) -> _Signed:
    keys = log_keys()
    checkpoint = read_checkpoint(open_note(note, keys.verifiers).text)
    if checkpoint.origin != keys.origin:
        raise BadCheckpoint("a checkpoint of another record")
    return _Signed(
        checkpoint.size, checkpoint.root, f"checkpoint {checkpoint.size} kept elsewhere", True
    )


def _of_checkpoint(checkpoint: Checkpoint) -> Iterator[Fault]:
    """Whether what is signed is what the columns say."""
    where = f"checkpoint {checkpoint}"
    keys = log_keys()
    try:
        head = read_checkpoint(open_note(checkpoint.note.encode(), keys.verifiers).text)
    except (BadNote, BadCheckpoint):
        yield Fault(FaultKind.CHECKPOINT_UNSIGNED, None, where)
        return
    if (head.origin, head.size, head.root) != (
        keys.origin, checkpoint.size, bytes(checkpoint.root)
    ):  # fmt: skip
        yield Fault(FaultKind.CHECKPOINT_UNSIGNED, None, where)


def _kept_outside(known: dict[int, Checkpoint]) -> Iterator[Fault]:
    """Whether the checkpoint that lies beside the keys is here."""
    note = kept_checkpoint()
    if note is None:
        return
    where = "the last checkpoint beside the keys"
    try:
        checkpoint = read_checkpoint(open_note(note, log_keys().verifiers).text)
    except (BadNote, BadCheckpoint):
        yield Fault(FaultKind.CHECKPOINT_UNSIGNED, None, where)
        return
    if checkpoint.size not in known or known[checkpoint.size].note.encode() != note:
        yield Fault(FaultKind.CHECKPOINT_GONE, None, f"{where}, of {checkpoint.size} entries")


_ENTRIES = """
    SELECT index, place.leaf_hash, entry.id, kind, about, parties, leaf, entry.leaf_hash, mac,
           created_by_id, created_at
    FROM records_place AS place LEFT JOIN records_entry AS entry ON entry.id = entry_id
    WHERE index >= %s ORDER BY index LIMIT %s
"""


def _rows() -> Iterator[tuple[Any, ...]]:
    first = -(2**63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ENTRIES, [first, AT_ONCE])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        first = rows[-1][0] + 1


def _entries(signed: Sequence[_Signed], tiled: int) -> Iterator[Fault]:
    """Walk through all entries in their order, and hold them against tiles and checkpoints.

    Up to `tiled` entries there are tiles.
    """
    walk = _Walk(list(reversed(signed)), tiled)
    for index, placed, *columns in _rows():
        for fault in walk.step(index, bytes(placed), columns):
            walk.first_bad = fault.index if walk.first_bad is None else walk.first_bad
            yield fault
    for unreached in reversed(walk.waiting):
        yield Fault(FaultKind.RECORD_SHORTER, walk.expected, unreached.where)
    yield from _tiles_beyond(walk.expected)


class _Walk:
    """One way through all entries: the tree that grows, the checkpoints that wait for it."""

    def __init__(self, waiting: list[_Signed], tiled: int) -> None:
        self.waiting, self.tiled = waiting, tiled
        self.tree = GrowingTree()
        self.expected = self.last_good = 0
        self.first_bad: int | None = None  # since the last checkpoint that was right

    def step(self, index: int, placed: bytes, columns: Sequence[Any]) -> Iterator[Fault]:
        """The next entry that there is."""
        if index != self.expected:
            last = "" if index == self.expected + 1 else f"–{index - 1}"
            yield Fault(FaultKind.ENTRY_GONE, max(self.expected, 0), f"no. {self.expected}{last}")
        self.expected = index + 1
        yield from _of_entry(index, placed, columns)
        leaf = columns[4]
        full = self.tree.append(leaf_hash(leaf.encode()) if leaf is not None else placed)
        for level, hashes, top in full:
            number = (self.tree.size >> (8 * (level + 1))) - 1
            yield from _of_tile(level, number, hashes, top, is_due=self.tree.size <= self.tiled)
        while self.waiting and self.waiting[-1].size <= self.tree.size:
            yield from self._at(self.waiting.pop())

    def _at(self, signed: _Signed) -> Iterator[Fault]:
        """Hold the tree against a checkpoint; of those that differ only the first says where."""
        if signed.size == self.tree.size and signed.root == self.tree.root:
            self.last_good, self.first_bad = signed.size, None
            return
        first = self.last_good if self.first_bad is None else self.first_bad
        where = f"{signed.where}: no. {first}–{signed.size - 1}"
        yield Fault(FaultKind.CHECKPOINT_DIFFERS, first, where)
        self.waiting = [kept for kept in self.waiting if kept.is_elsewhere]


def _of_entry(index: int, placed: bytes, columns: Sequence[Any]) -> Iterator[Fault]:
    pk, kind, about, parties, leaf, hashed, mac, by, at = columns
    where = f"no. {index}"
    if pk is None:
        yield Fault(FaultKind.ENTRY_GONE, index, where)
        return
    computed = leaf_hash(leaf.encode())
    if mac_of(leaf) != bytes(mac) or computed != bytes(hashed):
        yield Fault(FaultKind.ENTRY_CHANGED, index, where)
    if placed != computed:
        yield Fault(FaultKind.PLACE_CHANGED, index, where)
    if differs(leaf, kind, about, parties, by, at):
        yield Fault(FaultKind.COLUMNS_DIFFER, index, where)


def _of_tile(level: int, index: int, hashes: bytes, top: bytes, *, is_due: bool) -> Iterator[Fault]:
    tile = Tile.objects.filter(level=level, index=index).first()
    where, first = f"tile {level}/{index}", index * WIDTH << (8 * level)
    if tile is None:
        if is_due:
            yield Fault(FaultKind.TILE_CHANGED, first, where)
    elif (bytes(tile.hashes), bytes(tile.top)) != (hashes, top):
        place = _first_difference(bytes(tile.hashes), hashes)
        bad = None if place is None else first + (place << (8 * level))
        yield Fault(FaultKind.TILE_CHANGED, bad, where)


def _first_difference(first: bytes, other: bytes) -> int | None:
    """Which hash of a tile is the first that differs; None where it is only the one above them."""
    for place in range(WIDTH):
        part = slice(place * HASH_BYTES, (place + 1) * HASH_BYTES)
        if first[part] != other[part]:
            return place
    return None


def _tiles_beyond(size: int) -> Iterator[Fault]:
    """Tiles over entries that are not there."""
    for tile in Tile.objects.order_by("level", "index").only("level", "index"):
        if (tile.index + 1) * WIDTH << (8 * tile.level) > size:
            yield Fault(FaultKind.TILE_CHANGED, size, f"tile {tile}")


def _not_placed() -> Iterator[Fault]:
    for entry in Entry.objects.filter(place=None).order_by("pk").only("pk")[:MOST]:
        yield Fault(FaultKind.NOT_PLACED, None, f"entry with the id {entry.pk}")


def _timestamps() -> Iterator[Fault]:
    for timestamp in Timestamp.objects.select_related("checkpoint").order_by("checkpoint"):
        content = timestamp.checkpoint.note.encode()
        try:
            is_right = (
                timestamps.said_at(bytes(timestamp.response), content, timestamp.chain)
                == timestamp.said_at
            )
        except timestamps.BadTimestamp:
            is_right = False
        if not is_right:
            yield Fault(FaultKind.TIMESTAMP_WRONG, None, f"checkpoint {timestamp}")
