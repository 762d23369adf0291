"""Proofs that a leaf is in a tree, and that a tree begins with an earlier one (RFC 9162, section 2.1)."""

from collections.abc import Sequence

from dure.engines.transparency._tree import HASH_BYTES, Node, node_hash, range_hash, split

MOST_HASHES = 64


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The hashes that lead from the leaf at `index` to the root of a tree of `size`, from below."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    proof: list[bytes] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + split(end - first)
        if index < middle:
            proof.append(range_hash(middle, end, node))
            end = middle
        else:
            proof.append(range_hash(first, middle, node))
            first = middle
    return proof[::-1]


def consistency_proof(size1: int, size2: int, node: Node) -> list[bytes]:
    """The hashes that show that the tree of `size2` begins with that of `size1`, from below."""
    if not 0 < size1 <= size2:
        raise ValueError("no such trees")
    proof: list[bytes] = []
    first, end, is_whole = 0, size2, True
    while size1 != end:
        middle = first + split(end - first)
        if size1 <= middle:
            proof.append(range_hash(middle, end, node))
            end = middle
        else:
            proof.append(range_hash(first, middle, node))
            first, is_whole = middle, False
    if not is_whole:
        proof.append(range_hash(first, end, node))
    return proof[::-1]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], top: bytes) -> bool:
    """Whether `proof` leads from the hash of a leaf at `index` to the root `top` of a tree of `size`."""
    if not 0 <= index < size or not _are_hashes(leaf, top, *proof):
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == top


def is_consistent(
    size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that a tree of `size2` begins with one of `size1`, which is not empty."""
    if not 0 < size1 <= size2 or not _are_hashes(root1, root2, *proof):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    path = [root1, *proof] if size1 & (size1 - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == root1 and new == root2


def _are_hashes(*hashes: bytes) -> bool:
    return len(hashes) <= MOST_HASHES + 2 and all(len(digest) == HASH_BYTES for digest in hashes)
