"""The keys of drafts and of submissions, in the folder of keys (`foundation/keys.py`)."""

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from dure.foundation import keys

_BYTES = 32
_PRIVATE, _PUBLIC = "submissions.private", "submissions.public"


class KeyAbsent(Exception):
    """This process has not the key that it needs."""


def drafts_key() -> bytes:
    """The key of what is locked, 32 bytes."""
    return keys.kept_key("drafts")


def public_key() -> X25519PublicKey:
    """The half of the pair that seals."""
    if keys.read_file(_PUBLIC) is None:
        _make_pair()
    return X25519PublicKey.from_public_bytes(_read(_PUBLIC))


def private_key() -> X25519PrivateKey:
    """The half of the pair that opens. Raises KeyAbsent where this process does not hold it."""
    if keys.read_file(_PUBLIC) is None:
        _make_pair()
    return X25519PrivateKey.from_private_bytes(_read(_PRIVATE))


def id_of(key: X25519PublicKey) -> str:
    """By which a pair is known: the first 16 digits of the SHA-256 of its public half."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def _make_pair() -> None:
    """Make the pair; the private half first, so that nothing is sealed that nobody can open."""
    made = X25519PrivateKey.generate()
    keys.kept_file(_PRIVATE, lambda: base64.b64encode(made.private_bytes_raw()))
    private = X25519PrivateKey.from_private_bytes(_read(_PRIVATE))
    public = private.public_key().public_bytes_raw()
    keys.kept_file(_PUBLIC, lambda: base64.b64encode(public))


def _read(name: str) -> bytes:
    try:
        written = keys.read_file(name)
        key = base64.b64decode((written or b"").strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise KeyAbsent(name) from error
    if len(key) != _BYTES:
        raise KeyAbsent(f"{name} holds no key of {_BYTES} bytes")
    return key
