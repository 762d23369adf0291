"""A tree that grows leaf by leaf, with its root and its full tiles at any moment."""

from functools import reduce

from dure.engines.transparency._tiles import WIDTH, top_of
from dure.engines.transparency._tree import EMPTY_ROOT, node_hash


class GrowingTree:
    """The root over all leaves so far, in memory that grows with the logarithm of their number."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []  # of ever smaller subtrees, from the left
        self._tiles: list[list[bytes]] = [[]]

    def append(self, leaf: bytes) -> list[tuple[int, bytes, bytes]]:
        """Add the hash of a leaf; (level, hashes, top) of every tile that it filled, from below."""
        node, rest = leaf, self.size
        while rest & 1:
            node, rest = node_hash(self._whole.pop(), node), rest >> 1
        self._whole.append(node)
        self.size += 1
        return self._filled(leaf)

    @property
    def root(self) -> bytes:
        """The hash of the tree so far."""
        if not self._whole:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self._whole))

    def _filled(self, leaf: bytes) -> list[tuple[int, bytes, bytes]]:
        full: list[tuple[int, bytes, bytes]] = []
        level, node = 0, leaf
        while True:
            self._tiles[level].append(node)
            if len(self._tiles[level]) < WIDTH:
                return full
            hashes = b"".join(self._tiles[level])
            node = top_of(hashes)
            full.append((level, hashes, node))
            self._tiles[level] = []
            level += 1
            if level == len(self._tiles):
                self._tiles.append([])
