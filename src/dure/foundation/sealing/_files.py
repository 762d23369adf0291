"""Files, each with a key of its own, which stands in the content that names the file."""

import base64
import binascii
import os

from dure.foundation.sealing._lock import Unreadable, locked_with, unlocked_with


def lock_file(content: bytes, about: str) -> tuple[bytes, str]:
    """Return `content` encrypted, and the key as text: whoever has it can read the file."""
    key = os.urandom(32)
    return locked_with(key, content, about), base64.b64encode(key).decode()


def unlock_file(kept: bytes, key: str, about: str) -> bytes:
    """Return what `lock_file` was given. Raises Unreadable."""
    try:
        return unlocked_with(base64.b64decode(key, validate=True), kept, about)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(about) from error
