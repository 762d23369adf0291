"""Files that are not to stand readable on a disk, for readers that want a path."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = "/dev/shm"  # noqa: S108 -- a folder of our own is made in it


@contextmanager
def unwritten_folder() -> Iterator[Path]:
    """A folder that only this process may read, in memory where the system offers that (Linux).

    Elsewhere it is among the temporary files. Afterwards it is gone; what a killed process leaves
    behind is gone when the machine starts again.
    """
    offered = MEMORY if Path(MEMORY).is_dir() and os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="dure-", dir=offered) as folder:
        yield Path(folder)
