"""The tree over the record, read from its tiles and, after the last full ones, from its places."""

from dure.apps.records.models import Checkpoint, Place, Tile
from dure.engines.transparency import (
    WIDTH,
    TlogProof,
    inclusion_proof,
    nodes_from_tiles,
)
from dure.engines.transparency import Tile as TileName


def hashes_of_tile(level: int, index: int) -> bytes:
    """The hashes of a tile, as many as there are by now."""
    full = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
    if full is not None:
        return bytes(full)
    span = {"index__gte": index * WIDTH, "index__lt": (index + 1) * WIDTH}
    if level:
        below = Tile.objects.filter(level=level - 1, **span).order_by("index")
        return b"".join(map(bytes, below.values_list("top", flat=True)))
    places = Place.objects.filter(**span).order_by("index")
    return b"".join(map(bytes, places.values_list("leaf_hash", flat=True)))


def node_of_log():
    """The subtrees of the record; each tile is read once."""
    return nodes_from_tiles(hashes_of_tile)


def proof_of(index: int, checkpoint: Checkpoint) -> TlogProof:
    """That the entry at `index` is in the record of a checkpoint. Raises ValueError if it is not."""
    hashes = inclusion_proof(index, checkpoint.size, node_of_log())
    return TlogProof(index, tuple(hashes), checkpoint.note)


def width_of(tile: TileName, size: int) -> int:
    """How many hashes a tile has in a record of `size`."""
    return max(0, min(WIDTH, (size >> (8 * tile.level)) - tile.index * WIDTH))
