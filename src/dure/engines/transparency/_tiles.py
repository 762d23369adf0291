"""Tiles: the hashes of a tree in files of 256, which never change once they are full (C2SP tlog-tiles).

A tile of level 0 holds hashes of leaves, one of level n the tops of 256 tiles of level n - 1.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dure.engines.transparency._tree import HASH_BYTES, Node, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
_PATH = re.compile(r"tile/(0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
_MOST_PATH = 100
_MOST_LEVEL = 63

ReadTile = Callable[[int, int], bytes]
"""The hashes of a tile, as many as there are: `read(level, index)`."""


class BadTile(ValueError):
    """A path that names no tile, or a tile without the hashes that it should have."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Which tile: at a level the `index`-th, with its first `width` hashes."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is found, below the address of its log."""
        parts = [f"{self.index % 1000:03d}"]
        rest = self.index // 1000
        while rest:
            parts.append(f"x{rest % 1000:03d}")
            rest //= 1000
        end = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{'/'.join(reversed(parts))}{end}"


def read_tile_path(path: str) -> Tile:
    """The tile that a path names. Raises BadTile."""
    match = _PATH.fullmatch(path) if len(path) <= _MOST_PATH else None
    if match is None:
        raise BadTile("the path names no tile")
    level, number, width = match.groups()
    tile = Tile(int(level), int(re.sub("[x/]", "", number)), int(width or WIDTH))
    # One tile has one path: no zeros in front, no full tile by the path of a part.
    if tile.level > _MOST_LEVEL or tile.width > WIDTH or tile.path != path:
        raise BadTile("the path names no tile")
    return tile


def tiles_of_size(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, full tiles, hashes in the part after them) of a tree of `size`, from below."""
    level = 0
    while size:
        yield level, size >> HEIGHT, size % WIDTH
        size >>= HEIGHT
        level += 1


def top_of(hashes: bytes) -> bytes:
    """The hash over all hashes of a tile or an aligned part of one, a power of two of them."""
    nodes = [hashes[n : n + HASH_BYTES] for n in range(0, len(hashes), HASH_BYTES)]
    while len(nodes) > 1:
        nodes = [node_hash(nodes[n], nodes[n + 1]) for n in range(0, len(nodes), 2)]
    return nodes[0]


def nodes_from_tiles(read: ReadTile) -> Node:
    """The subtrees of a log whose tiles are read as they are needed, each once."""
    known: dict[tuple[int, int], bytes] = {}

    def node(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, HEIGHT)
        tile_index, place = divmod(index << height, WIDTH)
        key = (tile_level, tile_index)
        if key not in known:
            known[key] = read(*key)
        end = (place + (1 << height)) * HASH_BYTES
        if len(known[key]) < end:
            raise BadTile(f"{Tile(*key).path} has too few hashes")
        return top_of(known[key][place * HASH_BYTES : end])

    return node
