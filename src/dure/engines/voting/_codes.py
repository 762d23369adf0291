"""The codes of a secret ballot: what a voter keeps, what the box holds, what anybody adds up.

Random bytes come in as arguments. A packed ballot is as long as any other one of its vote, so that a
sealed one says nothing by its length.
"""

import base64
import hashlib
from collections.abc import Iterable

BYTES = 10  # 80 bits: nobody guesses one, and no two are alike
_GROUP = 4
_OURS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that is taken for another
_THEIRS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_WRITE = str.maketrans(_THEIRS, _OURS)
_MISTAKEN = str.maketrans("OIL", "011", "- ")
_LENGTH = 16


def new_code(entropy: bytes) -> str:
    """Return the code that ten random bytes make.

    >>> new_code(bytes(10))
    '0000-0000-0000-0000'
    """
    if len(entropy) != BYTES:
        raise ValueError(f"a code is made of {BYTES} random bytes")
    text = base64.b32encode(entropy).decode().translate(_WRITE)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def tidy_code(text: str) -> str:
    """Return a code as it was given out, however it was typed; empty for what is none.

    >>> tidy_code(" 0oO0 il11-0000 0000")
    '0000-1111-0000-0000'
    """
    letters = text.strip().upper().translate(_MISTAKEN)
    if len(letters) != _LENGTH or set(letters) - set(_OURS):
        return ""
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def code_digest(code: str, about: str) -> str:
    """Return by what a counted ballot is known: the SHA-256 of the vote and the code."""
    return hashlib.sha256(f"{about}\n{code}".encode()).hexdigest()


def packed(option: str, code: str, options: Iterable[str]) -> bytes:
    """Return a ballot as bytes, of one length whatever was chosen of the `options`."""
    width = max(len(known.encode()) for known in options)
    return code.encode() + option.encode().ljust(width)


def unpacked(ballot: bytes) -> tuple[str, str]:
    """Return (option, code) of a packed ballot."""
    length = _LENGTH + _LENGTH // _GROUP - 1
    return ballot[length:].decode().strip(), ballot[:length].decode()


def box_digest(counted: Iterable[tuple[str, str]]) -> str:
    """Return what stands for a whole count: the SHA-256 over its sorted lines “digest option”."""
    lines = sorted(f"{digest} {option}\n" for digest, option in counted)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
