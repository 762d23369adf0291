"""An append-only log that anybody can check: a tree of hashes, proofs, and notes signed on its state.

The tree is that of RFC 6962, tiles are those of C2SP tlog-tiles, checkpoints are C2SP signed notes
(Ed25519), proofs are written as C2SP tlog-proof. Nothing here reads or keeps anything: who has the
hashes gives a function for them.

>>> leaves = [leaf_hash(each) for each in (b"first", b"second", b"third")]
>>> node = nodes_of(leaves)
>>> top = root(3, node)
>>> proof = inclusion_proof(1, 3, node)
>>> is_included(leaves[1], 1, 3, proof, top), is_included(leaves[0], 1, 3, proof, top)
(True, False)
>>> is_consistent(2, 3, root(2, node), top, consistency_proof(2, 3, node))
True
"""

from dure.engines.transparency._checkpoints import (
    BadCheckpoint,
    BadProof,
    Checkpoint,
    TlogProof,
    read_checkpoint,
    read_proof,
)
from dure.engines.transparency._growing import GrowingTree
from dure.engines.transparency._notes import (
    BadKey,
    BadNote,
    Fault,
    Note,
    Signer,
    VerifierKey,
    open_note,
    read_key,
    sign_note,
)
from dure.engines.transparency._proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
)
from dure.engines.transparency._tiles import (
    WIDTH,
    BadTile,
    Tile,
    nodes_from_tiles,
    read_tile_path,
    tiles_of_size,
    top_of,
)
from dure.engines.transparency._tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    leaf_hash,
    node_hash,
    nodes_of,
    root,
)

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "WIDTH",
    "BadCheckpoint",
    "BadKey",
    "BadNote",
    "BadProof",
    "BadTile",
    "Checkpoint",
    "Fault",
    "GrowingTree",
    "Note",
    "Signer",
    "Tile",
    "TlogProof",
    "VerifierKey",
    "consistency_proof",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "node_hash",
    "nodes_from_tiles",
    "nodes_of",
    "open_note",
    "read_checkpoint",
    "read_key",
    "read_proof",
    "read_tile_path",
    "root",
    "sign_note",
    "tiles_of_size",
    "top_of",
]
