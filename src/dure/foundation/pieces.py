"""Large files that arrive in pieces and lie encrypted, each piece under the file's key and its place.

A piece is a file of its own in the folder of the whole, named by the byte at which it begins. It is
written beside its place, made sure of, and moved there: what a killed process leaves is whole or not
there. Nothing readable reaches a disk, and no piece passes for another one.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from dure.foundation.sealing import Unreadable, lock_piece, unlock_file

_WRITTEN = ".part"


def write_piece(folder: Path, *, key: str, about: str, begins_at: int, content: bytes) -> None:
    """Keep a piece, in the place of one that begins at the same byte. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / str(begins_at)
    beside = place.with_suffix(_WRITTEN)
    with beside.open("wb") as file:
        file.write(lock_piece(content, key, _about(about, begins_at)))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)


def forget_pieces(folder: Path) -> None:
    """Remove a file with all of its pieces; nothing happens where there is none."""
    shutil.rmtree(folder, ignore_errors=True)


class Pieces:
    """A file in pieces, as a file that is open for reading, one piece in memory at a time.

    Raises `Unreadable` where a piece is missing, damaged or of another place.
    """

    MOST_AT_ONCE = 2 * 1024**2
    """More is never read in one step, so that a hostile archive cannot have itself read whole."""

    def __init__(self, folder: Path, *, key: str, about: str, size: int) -> None:
        self._folder, self._key, self._about = folder, key, about
        self.size = size
        self._at = 0
        self._piece, self._begins = b"", 0
        numbers = (int(path.name) for path in folder.glob("*") if path.name.isdecimal())
        self._places = sorted(place for place in numbers if place < size)

    @property
    def is_there(self) -> bool:
        """Whether the first piece is; the others are found to be missing when they are read."""
        return bool(self._places)

    def __iter__(self) -> Iterator[bytes]:
        """The pieces in their order."""
        at = 0
        while at < self.size:
            piece = self._read_piece(at)
            yield piece
            at += len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go on reading elsewhere."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(offset)
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at

    def seekable(self) -> bool:
        """True: every byte can be gone to."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all that is left without one. Raises ValueError for too many at once."""
        left = max(self.size - self._at, 0)
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted > self.MOST_AT_ONCE:
            raise ValueError(wanted)
        content = bytearray()
        while len(content) < wanted:
            if not self._begins <= self._at < self._begins + len(self._piece):
                self._begins = max((p for p in self._places if p <= self._at), default=0)
                self._piece = self._read_piece(self._begins)
            here = self._at - self._begins
            taken = self._piece[here : here + wanted - len(content)]
            if not taken:
                raise Unreadable(self._about)
            content += taken
            self._at += len(taken)
        return bytes(content)

    def _read_piece(self, begins_at: int) -> bytes:
        try:
            kept = (self._folder / str(begins_at)).read_bytes()
        except OSError as error:
            raise Unreadable(self._about) from error
        piece = unlock_file(kept, self._key, _about(self._about, begins_at))
        if not piece or begins_at + len(piece) > self.size:
            raise Unreadable(self._about)
        return piece


def _about(about: str, begins_at: int) -> str:
    return f"{about} at {begins_at}"
