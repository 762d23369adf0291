"""Everything that changes the sealed record: entries, checkpoints, timestamps, keys, checks."""

from dure.apps.records.adapter import FileHash
from dure.apps.records.operations.checking import check
from dure.apps.records.operations.recording import NewRecord, record, record_all
from dure.apps.records.operations.sealing import rotate_key, seal, stamp

__all__ = [
    "FileHash",
    "NewRecord",
    "check",
    "record",
    "record_all",
    "rotate_key",
    "seal",
    "stamp",
]
