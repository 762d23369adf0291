"""Encryption in the age format, by pyrage."""

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pyrage

_PIECE = 1024**2


class Locked(Exception):
    """The content was not encrypted to this key, or was changed since."""


class WrongPassphrase(Exception):
    """The passphrase does not open this key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A pair of keys: `secret` opens (`AGE-SECRET-KEY-1…`) what is encrypted to `recipient` (`age1…`)."""

    secret: str
    recipient: str


class _Reading:
    """Pieces as something that is read from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """At most so many of the next bytes; none at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = memoryview(piece)
        taken, self._left = bytes(self._left[:size]), self._left[size:]
        return taken


def new_key() -> Key:
    """A pair that nobody had before."""
    identity = pyrage.x25519.Identity.generate()
    return Key(str(identity), str(identity.to_public()))


def encrypt(content: bytes, recipients: Sequence[str]) -> bytes:
    """`content` so that each of the recipients can open it alone."""
    to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    return bytes(pyrage.encrypt(content, to))


def decrypt(content: bytes, secret: str) -> bytes:
    """What `encrypt` was given. Raises Locked."""
    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(secret)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Locked from error


def encrypt_pieces(pieces: Iterable[bytes], target: BinaryIO, recipients: Sequence[str]) -> None:
    """As `encrypt`, piece by piece into `target`, with one piece in memory at a time."""
    to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    pyrage.encrypt_io(_Reading(pieces), target, to)


def decrypted_pieces(source: BinaryIO, secret: str) -> Iterator[bytes]:
    """As `decrypt`, piece by piece, and closes `source`.

    A wrong key raises Locked before the first piece. Each piece is authentic; where a later one is not, Locked
    comes in its place, so whoever takes the pieces must not take what ends in it for the whole.
    """
    opened, written = os.pipe()
    failures: list[Exception] = []

    def run() -> None:
        try:
            with source, os.fdopen(written, "wb") as target:
                pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(secret)])
        except Exception as error:  # noqa: BLE001 - handed to the reader below
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    with os.fdopen(opened, "rb") as pieces:
        while piece := pieces.read(_PIECE):
            yield piece
    thread.join()
    if failures:
        raise Locked from failures[0]


def protect(secret: str, passphrase: str) -> bytes:
    """A secret key under a passphrase; takes about a second, so that guessing does too."""
    return bytes(pyrage.passphrase.encrypt(secret.encode(), passphrase))


def unprotect(protected: bytes, passphrase: str) -> str:
    """The secret key that `protect` was given. Raises WrongPassphrase."""
    try:
        return bytes(pyrage.passphrase.decrypt(protected, passphrase)).decode()
    except pyrage.DecryptError as error:
        raise WrongPassphrase from error
