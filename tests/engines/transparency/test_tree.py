"""Proofs of trees of any size hold for what they prove, and for nothing else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from dure.engines.transparency import (
    HASH_BYTES,
    WIDTH,
    BadCheckpoint,
    BadKey,
    BadNote,
    BadProof,
    BadTile,
    Checkpoint,
    Signer,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    nodes_from_tiles,
    nodes_of,
    open_note,
    read_checkpoint,
    read_key,
    read_proof,
    read_tile_path,
    root,
    sign_note,
    tiles_of_size,
    top_of,
)

SIZES = st.integers(1, 300)


def leaves_of(size):
    return [leaf_hash(str(n).encode()) for n in range(size)]


LEAVES = leaves_of(70_000)
NODES = nodes_of(LEAVES)


def tiles(size):
    """The tiles of a log of `size`, as a log keeps them: the full ones, and the parts after them."""
    known, below = {}, LEAVES[:size]
    for level, full, part in tiles_of_size(size):
        for index in range(full + bool(part)):
            known[level, index] = b"".join(below[index * WIDTH : (index + 1) * WIDTH])
        below = [top_of(known[level, index]) for index in range(full)]
    return known


@given(SIZES, st.data())
def test_every_leaf_is_proven_and_no_other(size, data):
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(index, size, NODES), root(size, NODES)

    assert is_included(LEAVES[index], index, size, proof, top)
    assume(other != index)
    assert not is_included(LEAVES[other], index, size, proof, top)
    assert not is_included(LEAVES[index], other, size, proof, top)


@given(SIZES, st.data())
def test_changed_proofs_prove_nothing(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(index, size, NODES), root(size, NODES)
    place = data.draw(st.integers(0, len(proof)))
    other = data.draw(st.binary(min_size=HASH_BYTES, max_size=HASH_BYTES))

    assert not is_included(LEAVES[index], index, size, [*proof[:place], other, *proof[place:]], top)
    if proof:
        assert not is_included(LEAVES[index], index, size, proof[1:], top)


@given(SIZES, SIZES)
def test_a_log_begins_with_every_earlier_one(first_size, second_size):
    size1, size2 = sorted((first_size, second_size))
    proof = consistency_proof(size1, size2, NODES)
    top1, top2 = root(size1, NODES), root(size2, NODES)

    assert is_consistent(size1, size2, top1, top2, proof)
    changed = nodes_of([leaf_hash(b"changed"), *LEAVES[1:size2]])
    assert not is_consistent(size1, size2, root(size1, changed), top2, proof)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_793, 70_000])
def test_tiles_give_the_same_roots_and_proofs(size):
    known = tiles(size)
    node = nodes_from_tiles(lambda level, index: known[level, index])

    assert root(size, node) == root(size, nodes_of(LEAVES[:size]))
    for index in {0, size // 2, size - 1}:
        proof = inclusion_proof(index, size, node)
        assert is_included(LEAVES[index], index, size, proof, root(size, node))
    assert consistency_proof(max(1, size // 3), size, node) == consistency_proof(
        max(1, size // 3), size, NODES
    )


def test_a_tile_that_is_too_short_is_refused():
    known = tiles(300)
    known[0, 1] = known[0, 1][:-HASH_BYTES]
    with pytest.raises(BadTile):
        root(300, nodes_from_tiles(lambda level, index: known[level, index]))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100, 257])
def test_pymerkle_finds_the_same_root(size):
    tree = InmemoryTree(algorithm="sha256")
    for n in range(size):
        tree.append_entry(str(n).encode())
    assert tree.get_root(size) == root(size, NODES)


def test_no_proof_of_what_is_not_there():
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no such leaf"):
            inclusion_proof(index, size, NODES)
    for sizes in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="no such trees"):
            consistency_proof(*sizes, NODES)


def test_notes_by_two_keys_hold_for_who_knows_either():
    old, new = Signer("log.example", b"a" * 32), Signer("log.example", b"b" * 32)
    body = Checkpoint("log.example", 7, b"r" * HASH_BYTES).body
    note = sign_note(body, [old, new]).encode()

    for keys in ([old.key], [new.key], [old.key, new.key]):
        assert read_checkpoint(open_note(note, keys).text).size == 7
    assert read_key(str(old.key)) == old.key
    with pytest.raises(BadNote):
        open_note(note.replace(b"\n7\n", b"\n8\n"), [old.key])


@given(
    st.text() | st.binary().map(bytes.hex) | st.sampled_from(["c2sp.org/tlog-proof@v1\n", "a+b+c"])
)
def test_whatever_is_read_is_taken_or_refused(text):
    for read, error in (
        (read_checkpoint, BadCheckpoint),
        (read_key, BadKey),
        (read_proof, BadProof),
        (read_tile_path, BadTile),
    ):
        try:
            read(text)
        except error:
            continue
    with pytest.raises(BadNote):
        open_note(text.encode("utf-8", "replace"), [])
