"""JSON of which there is only one writing (RFC 8785), and what is hashed of it."""

import hashlib
import unicodedata
from typing import Any

import rfc8785


def canonical(content: Any) -> bytes:
    """Return `content` as canonical JSON: the same content gives the same bytes, whoever writes it.

    Texts are composed (NFC), since the same words come decomposed from some machines. Raises
    ValueError for what is no plain JSON: floats, bytes, keys that are no text or become the same.
    """
    return rfc8785.dumps(_plain(content))


def digest(content: Any) -> str:
    """Return the SHA-256 of `content` in canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key that is no text")
        plain = {_plain(key): _plain(part) for key, part in value.items()}
        if len(plain) < len(value):
            raise ValueError("two keys that become the same")
        return plain
    raise ValueError(f"{type(value).__name__} is no plain JSON")
