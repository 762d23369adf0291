"""Writes the tokenizer of the bundled model as a SentencePiece file; needed once.

The file is a protocol buffer, put together by hand: the classes that come with sentencepiece ask
for another protobuf than the one OR-Tools needs. Field numbers are those of
sentencepiece_model.proto.
"""

import struct
from pathlib import Path

from dure.foundation.embedding._weights import E5Weights

_UNIGRAM = 1
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3


def write_pieces(weights: E5Weights, path: Path) -> None:
    """Write the pieces with their scores; they are given texts that are normalised already."""
    written = []
    for place, (piece, score) in enumerate(weights.pieces()):
        kind = _UNKNOWN if place == weights.unknown else _NORMAL if score else _CONTROL
        content = _field(1, piece.encode()) + b"\x15" + struct.pack("<f", score) + _flag(3, kind)
        written.append(_field(1, content))
    trainer = _flag(3, _UNIGRAM)
    as_it_is = _field(1, b"identity") + _flag(3, 0) + _flag(4, 0) + _flag(5, 0)
    path.write_bytes(b"".join(written) + _field(2, trainer) + _field(3, as_it_is))


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _length(len(content)) + content


def _flag(number: int, value: int) -> bytes:
    return bytes([number << 3, value])


def _length(value: int) -> bytes:
    """A length as protocol buffers write it: seven bits a byte, the lowest first."""
    low, high = value & 127, value >> 7
    return bytes([low | 128]) + _length(high) if high else bytes([low])
