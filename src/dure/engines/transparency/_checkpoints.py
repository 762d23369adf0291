"""Checkpoints (C2SP tlog-checkpoint) and proofs as text (C2SP tlog-proof)."""

import re
from dataclasses import dataclass

from dure.engines.transparency import _base64
from dure.engines.transparency._tree import HASH_BYTES

MOST_PROOF_BYTES = 100_000
_MOST_HASHES = 63
_MOST_NAME = 255
_HEADER = "c2sp.org/tlog-proof@v1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_MOST_SIZE = (1 << 63) - 1


class BadCheckpoint(ValueError):
    """A text that is no body of a checkpoint."""


class BadProof(ValueError):
    """A text that is no proof."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How a log stood: its name, how many leaves, the root; lines of extension end in a newline."""

    origin: str
    size: int
    root: bytes
    extension: str = ""

    @property
    def body(self) -> str:
        """The text that is signed."""
        encoded = _base64.written(self.root)
        return f"{self.origin}\n{self.size}\n{encoded}\n{self.extension}"


@dataclass(frozen=True, slots=True)
class TlogProof:
    """That a leaf stands at `index` of the log of a checkpoint, which is a signed note."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    @property
    def text(self) -> str:
        """The proof as a file."""
        lines = [_HEADER]
        if self.extra:
            lines.append(f"extra {_base64.written(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [_base64.written(digest) for digest in self.hashes]
        return "\n".join(lines) + f"\n\n{self.checkpoint}"


def read_checkpoint(body: str) -> Checkpoint:
    """What the body of a checkpoint says. Raises BadCheckpoint."""
    lines = body.split("\n")
    if len(lines) < 4 or not body.endswith("\n"):
        raise BadCheckpoint("too few lines")
    origin, size, root = lines[:3]
    if (
        not 0 < len(origin.encode()) <= _MOST_NAME
        or not _NUMBER.fullmatch(size)
        or int(size) > _MOST_SIZE
    ):
        raise BadCheckpoint("no name or no size")
    extension = "\n".join(lines[3:])
    if any(not line for line in lines[3:-1]):
        raise BadCheckpoint("an empty line")
    try:
        return Checkpoint(origin, int(size), _base64.read(root), extension)
    except ValueError as error:
        raise BadCheckpoint("the root is not base64") from error


def read_proof(text: str) -> TlogProof:
    """What a proof says. Raises BadProof."""
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if len(text) > MOST_PROOF_BYTES or not separator or not checkpoint or lines.pop(0) != _HEADER:
        raise BadProof("no proof of this form")
    extra = _decoded(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else b""
    index = lines.pop(0) if lines else ""
    if not index.startswith("index ") or not _NUMBER.fullmatch(index[6:]):
        raise BadProof("no index")
    hashes = tuple(_decoded(line) for line in lines)
    if len(hashes) > _MOST_HASHES or any(len(digest) != HASH_BYTES for digest in hashes):
        raise BadProof("no hash")
    return TlogProof(int(index[6:]), hashes, checkpoint, extra)


def _decoded(text: str) -> bytes:
    try:
        return _base64.read(text)
    except ValueError as error:
        raise BadProof("no base64") from error
