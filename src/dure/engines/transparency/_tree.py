"""The hashes of a tree (RFC 6962, section 2.1): of leaves, of nodes, of the whole."""

import hashlib
from collections.abc import Callable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()

Node = Callable[[int, int], bytes]
"""The hash of a whole subtree: `node(level, index)` is over the leaves from `index << level` on,
`1 << level` of them."""


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what stands above two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """How many leaves go left in a tree of `size` > 1: the largest power of two below it."""
    return 1 << ((size - 1).bit_length() - 1)


def range_hash(first: int, end: int, node: Node) -> bytes:
    """The hash over the leaves from `first` to before `end`, at least one, as the tree has them."""
    size = end - first
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, first >> level)
    middle = first + split(size)
    return node_hash(range_hash(first, middle, node), range_hash(middle, end, node))


def root(size: int, node: Node) -> bytes:
    """The hash of a tree of `size` leaves."""
    return range_hash(0, size, node) if size else EMPTY_ROOT


def nodes_of(leaves: Sequence[bytes]) -> Node:
    """The subtrees over hashes of leaves that are all at hand; each is computed once."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        levels.append([node_hash(left, right) for left, right in pairs])
    return lambda level, index: levels[level][index]
