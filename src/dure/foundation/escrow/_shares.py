"""A secret in shares, of which any two make it whole (Shamir 1979, over GF(2^128), by pycryptodome)."""

from collections.abc import Sequence

from Crypto.Protocol.SecretSharing import Shamir

NEEDED = 2
_BLOCK = 16


def split(secret: bytes, of: int) -> list[bytes]:
    """Shares of a secret for `of` keepers, each its number and as long as the secret, padded.

    Raises ValueError below two keepers or above 255.
    """
    if not NEEDED <= of <= 255:
        raise ValueError(f"a secret for {of} keepers")
    whole = len(secret).to_bytes(4, "big") + secret
    whole += bytes(-len(whole) % _BLOCK)
    parts: list[list[bytes]] = [[bytes([number])] for number in range(1, of + 1)]
    for start in range(0, len(whole), _BLOCK):
        for number, part in Shamir.split(NEEDED, of, whole[start : start + _BLOCK]):
            parts[number - 1].append(part)
    return [b"".join(part) for part in parts]


def joined(shares: Sequence[bytes]) -> bytes:
    """The secret that shares of two keepers make.

    Raises ValueError for fewer than two different shares, or shares of different secrets where that
    shows.
    """
    of_numbers = {share[0]: share[1:] for share in shares}
    if len(of_numbers) < NEEDED or len({len(part) for part in of_numbers.values()}) != 1:
        raise ValueError("too few shares, or of different lengths")
    some = sorted(of_numbers.items())[:NEEDED]
    length = len(some[0][1])
    whole = b"".join(
        Shamir.combine([(number, part[start : start + _BLOCK]) for number, part in some])
        for start in range(0, length, _BLOCK)
    )
    size = int.from_bytes(whole[:4], "big")
    if size > length - 4:
        raise ValueError("shares of different secrets")
    return whole[4 : 4 + size]
