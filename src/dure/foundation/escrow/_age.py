"""Encryption in the age format, by pyrage."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyrage


class Locked(Exception):
    """The content was not encrypted to this key, or was changed since."""


class WrongPassphrase(Exception):
    """The passphrase does not open this key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A pair of keys: `secret` opens (`AGE-SECRET-KEY-1…`) what is encrypted to `recipient` (`age1…`)."""

    secret: str
    recipient: str


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


def protect(secret: str, passphrase: str) -> bytes:
    """A secret key under a passphrase; takes about a second, so that guessing does too."""
    return bytes(pyrage.passphrase.encrypt(secret.encode(), passphrase))


def unprotect(protected: bytes, passphrase: str) -> str:
    """The secret key that `protect` was given. Raises WrongPassphrase."""
    try:
        return bytes(pyrage.passphrase.decrypt(protected, passphrase)).decode()
    except pyrage.DecryptError as error:
        raise WrongPassphrase from error
