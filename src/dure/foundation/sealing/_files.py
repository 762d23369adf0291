"""Files, each with a key of its own, which stands in the content that names the file."""

import base64
import binascii
import os

from dure.foundation.sealing._lock import Unreadable, locked_with, unlocked_with


def lock_file(content: bytes, about: str) -> tuple[bytes, str]:
    """Return `content` encrypted, and the key as text: whoever has it can read the file."""
    key = file_key()
    return lock_piece(content, key, about), key


def file_key() -> str:
    """A new key for a file that is kept in pieces."""
    return base64.b64encode(os.urandom(32)).decode()


def lock_piece(content: bytes, key: str, about: str) -> bytes:
    """Return one piece of a file, encrypted; `about` says also which piece it is."""
    return locked_with(base64.b64decode(key, validate=True), content, about)


def unlock_file(kept: bytes, key: str, about: str) -> bytes:
    """Return what `lock_file` or `lock_piece` was given. Raises Unreadable."""
    try:
        return unlocked_with(base64.b64decode(key, validate=True), kept, about)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(about) from error
