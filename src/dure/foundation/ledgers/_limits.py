"""How much a file of people may hold once it is unpacked: a small file can hide a very large one."""

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dure.foundation.ledgers._faults import Fault, UnusableLedger

_CHUNK = 1024 * 1024


def require_size(paths: Iterable[Path], megabytes: int) -> None:
    """Raise UnusableLedger where a file unpacks to more; workbooks have limits of their own."""
    faults = []
    for path in paths:
        try:
            size = _unpacked(path, megabytes * _CHUNK)
        except (OSError, EOFError, zlib.error, pa.ArrowException):
            faults.append(Fault(str(path), 0, "", "The file is damaged."))
            continue
        if size > megabytes * _CHUNK:
            remedy = "The file unpacks to more than {megabytes} MB."
            faults.append(Fault(str(path), 0, "", remedy, "", {"megabytes": megabytes}))
    if faults:
        raise UnusableLedger(faults)


def _unpacked(path: Path, most: int) -> int:
    name = path.name.lower()
    if name.endswith(".parquet"):
        metadata = pq.read_metadata(path)
        return sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    if not name.endswith(".gz"):
        return path.stat().st_size
    size = 0
    with gzip.open(path, "rb") as file:
        while size <= most and (part := file.read(_CHUNK)):
            size += len(part)
    return size
