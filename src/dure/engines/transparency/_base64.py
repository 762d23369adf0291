"""Base64 as it is written: in one way only."""

import base64
import binascii


def written(content: bytes) -> str:
    """The content in base64."""
    return base64.b64encode(content).decode()


def read(text: str) -> bytes:
    """What `text` says in base64, padded and without anything between. Raises ValueError."""
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if written(content) != text:
        raise ValueError("no base64 as it is written")
    return content
