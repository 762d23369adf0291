"""Entries as the bytes that are hashed, the keys of the record, its tree, and the check of all of it."""

from dure.apps.records.adapter.bundles import bundle, verifier
from dure.apps.records.adapter.faults import Fault, faults
from dure.apps.records.adapter.keeping import LAST_CHECKPOINT, kept_checkpoint, log_keys, new_key
from dure.apps.records.adapter.leaves import FileHash, leaf_of, mac_of
from dure.apps.records.adapter.tree import hashes_of_tile, node_of_log, proof_of, width_of

__all__ = [
    "LAST_CHECKPOINT",
    "Fault",
    "FileHash",
    "bundle",
    "faults",
    "hashes_of_tile",
    "kept_checkpoint",
    "leaf_of",
    "log_keys",
    "mac_of",
    "new_key",
    "node_of_log",
    "proof_of",
    "verifier",
    "width_of",
]
