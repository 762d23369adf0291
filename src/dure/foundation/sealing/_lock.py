"""What goes both ways with one key: drafts (AES-256-GCM)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dure.foundation.sealing._keys import drafts_key

_NONCE = 12


class Unreadable(Exception):
    """What was locked or sealed is damaged, is about something else, or is of another key."""


def lock(content: bytes, about: str) -> bytes:
    """Return `content`, encrypted and bound to what it is `about`."""
    return locked_with(drafts_key(), content, about)


def unlock(kept: bytes, about: str) -> bytes:
    """Return what `lock` was given. Raises Unreadable."""
    return unlocked_with(drafts_key(), kept, about)


def locked_with(key: bytes, content: bytes, about: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about.encode())


def unlocked_with(key: bytes, kept: bytes, about: str) -> bytes:
    if len(kept) <= _NONCE:
        raise Unreadable(about)
    try:
        return AESGCM(key).decrypt(bytes(kept[:_NONCE]), bytes(kept[_NONCE:]), about.encode())
    except InvalidTag as error:
        raise Unreadable(about) from error
