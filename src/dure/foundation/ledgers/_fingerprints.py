"""Fingerprints of 64 bits that differ in few bits where pictures or texts are nearly the same."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import duckdb
import imagehash
from duckdb.func import FunctionNullHandling
from PIL import Image, UnidentifiedImageError

_GRAM = 4
_SHORTEST = 40
_BESIDE_THE_WORDS = re.compile(r"[\W\d_]+")
_TOP = 2**63


def fingerprint_of_picture(path: Path) -> int | None:
    """The perceptual hash of a picture; None of what is no picture, or of one plain colour."""
    try:
        with Image.open(path) as image:
            bits = int(str(imagehash.phash(image)), 16)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        return None
    return None if bits.bit_count() < 2 else _signed(bits)


def fingerprint_of_text(text: str | None) -> int | None:
    """The SimHash (Charikar 2002) of a text's runs of four letters; figures, spaces and signs do not
    count. None of a text with fewer than forty letters, which says too little.

    >>> fingerprint_of_text("견적서 1,000원") is None
    True
    """
    letters = _BESIDE_THE_WORDS.sub("", (text or "").lower())
    if len(letters) < _SHORTEST:
        return None
    grams = Counter(letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1))
    weights = [0] * 64
    for gram, times in grams.items():
        hashed = int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest())
        for bit in range(64):
            weights[bit] += times if hashed >> bit & 1 else -times
    return _signed(sum(1 << bit for bit, weight in enumerate(weights) if weight > 0))


def teach(connection: duckdb.DuckDBPyConnection) -> None:
    """Let SQL of this connection call `fingerprint_of_text`."""
    connection.create_function(
        "fingerprint_of_text",
        fingerprint_of_text,
        ["VARCHAR"],
        "BIGINT",
        null_handling=FunctionNullHandling.SPECIAL,
    )


def _signed(bits: int) -> int:
    return bits - 2 * _TOP if bits >= _TOP else bits
