"""Where the keys stand: files that only their owner reads, made at first use."""

import base64
import binascii
import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

_BYTES = 32
_PRIVATE, _PUBLIC, _DRAFTS = "submissions.private", "submissions.public", "drafts.key"


class KeyAbsent(Exception):
    """This process has not the key that it needs."""


def drafts_key() -> bytes:
    """The key of what is locked, 32 bytes."""
    path = _folder() / _DRAFTS
    if not path.exists():
        _write_once(path, secrets.token_bytes(_BYTES))
    return _read(path)


def public_key() -> X25519PublicKey:
    """The half of the pair that seals."""
    path = _folder() / _PUBLIC
    if not path.exists():
        _make_pair()
    return X25519PublicKey.from_public_bytes(_read(path))


def private_key() -> X25519PrivateKey:
    """The half of the pair that opens. Raises KeyAbsent where this process does not hold it."""
    path = _folder() / _PRIVATE
    if not path.exists() and not (_folder() / _PUBLIC).exists():
        _make_pair()
    return X25519PrivateKey.from_private_bytes(_read(path))


def id_of(key: X25519PublicKey) -> str:
    """By which a pair is known: the first 16 digits of the SHA-256 of its public half."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def _folder() -> Path:
    folder = Path(settings.DURE_KEYS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _make_pair() -> None:
    """Make the pair; the private half first, so that nothing is sealed that nobody can open."""
    private = X25519PrivateKey.generate()
    _write_once(_folder() / _PRIVATE, private.private_bytes_raw())
    kept = X25519PrivateKey.from_private_bytes(_read(_folder() / _PRIVATE))
    _write_once(_folder() / _PUBLIC, kept.public_key().public_bytes_raw())


def _write_once(path: Path, key: bytes) -> None:
    """Keep a key under a name; of several processes the first one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(key))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _read(path: Path) -> bytes:
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (FileNotFoundError, PermissionError) as error:
        raise KeyAbsent(path.name) from error
    except binascii.Error as error:
        raise KeyAbsent(f"{path.name} holds no key") from error
    if len(key) != _BYTES:
        raise KeyAbsent(f"{path.name} holds no key of {_BYTES} bytes")
    return key
