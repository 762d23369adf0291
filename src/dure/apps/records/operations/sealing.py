"""Sealing the record: tiles, checkpoints, timestamps on them, and keys that follow each other."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from dure.apps.records import adapter
from dure.apps.records.kinds import KEY_ADDED
from dure.apps.records.models import Checkpoint, Place, Tile, Timestamp
from dure.apps.records.operations.recording import record
from dure.engines import transparency
from dure.engines.transparency import HASH_BYTES, WIDTH, tiles_of_size
from dure.foundation import keys, timestamps
from dure.foundation.advisory_lock import in_turn

OVERLAP = timedelta(days=90)
"""How long an old key signs beside the one that follows it, if nobody says otherwise."""
AT_ONCE = 20
TILES_AT_ONCE = 500
TILE_BYTES = WIDTH * HASH_BYTES
log = logging.getLogger(__name__)


def seal(*, at: datetime) -> Checkpoint | None:
    """Sign a checkpoint on all entries there are; None when there are none since the last.

    It holds up nobody who records. The last checkpoint is also kept outside the database.
    """
    made = _seal(at)
    if made:
        # After it is saved: a file that is behind is no fault, one that is ahead is.
        keys.write_file(adapter.LAST_CHECKPOINT, made.note.encode())
    return made


@transaction.atomic
def _seal(at: datetime) -> Checkpoint | None:
    in_turn("records", "seal")
    last = Checkpoint.objects.order_by("-size").first()
    newest = Place.objects.order_by("-index").first()
    size = newest.index + 1 if newest else 0
    if size <= (last.size if last else 0):
        return None
    _fill_tiles(size)
    known = adapter.log_keys()
    root = transparency.root(size, adapter.node_of_log())
    body = transparency.Checkpoint(known.origin, size, root).body
    note = transparency.sign_note(body, known.signers_at(at))
    return Checkpoint.objects.create(size=size, root=root, note=note, created_at=at)


def stamp(*, at: datetime) -> int:
    """Have checkpoints timestamped that are not yet, the newest first; returns how many were.

    An authority that does not answer is asked again the next time.
    """
    if not timestamps.is_set():
        return 0
    stamped, chain = 0, timestamps.chain()
    for checkpoint in Checkpoint.objects.filter(timestamp=None).order_by("-size")[:AT_ONCE]:
        content = checkpoint.note.encode()
        try:
            response = timestamps.ask(content)
            said_at = timestamps.said_at(response, content, chain)
        except timestamps.BadTimestamp as error:
            log.warning("checkpoint %s was not timestamped at %s: %s", checkpoint, at, error)
            break
        _, is_new = Timestamp.objects.get_or_create(
            checkpoint=checkpoint,
            defaults={"response": response, "chain": chain, "said_at": said_at},
        )
        stamped += is_new
    return stamped


@transaction.atomic
def rotate_key(*, overlap: timedelta = OVERLAP, at: datetime) -> str:
    """Let a new key sign from now on, and the old one beside it for `overlap`; returns the new one.

    The record itself announces it, signed by the old key.
    """
    in_turn("records", "seal")
    key = str(adapter.new_key(at=at, overlap=overlap))
    until = (at + overlap).isoformat()
    content = {"key": key, "others_sign_until": until}
    record(kind=KEY_ADDED, about="record:0", content=content, by=None, at=at)
    return key


def _fill_tiles(size: int) -> None:
    """Keep every full tile of a record of `size` that is not kept yet, from below."""
    for level, full, _part in tiles_of_size(size):
        newest = Tile.objects.filter(level=level).order_by("-index").first()
        first = newest.index + 1 if newest else 0
        for begin in range(first, full, TILES_AT_ONCE):
            end = min(begin + TILES_AT_ONCE, full)
            hashes = _hashes(level, begin * WIDTH, end * WIDTH)
            Tile.objects.bulk_create(
                Tile(level=level, index=index, hashes=part, top=transparency.top_of(part))
                for index in range(begin, end)
                if (part := hashes[(index - begin) * TILE_BYTES : (index - begin + 1) * TILE_BYTES])
            )


def _hashes(level: int, begin: int, end: int) -> bytes:
    """The hashes of a level from one to before another, in one piece."""
    span = {"index__gte": begin, "index__lt": end}
    if level:
        below = Tile.objects.filter(level=level - 1, **span).order_by("index")
        hashes = below.values_list("top", flat=True)
    else:
        hashes = Place.objects.filter(**span).order_by("index").values_list("leaf_hash", flat=True)
    return b"".join(bytes(hashed) for hashed in hashes.iterator(chunk_size=10_000))
