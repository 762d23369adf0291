"""What is sealed with the public half of a pair and opens with the private one (HPKE)."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from dure.foundation.sealing._keys import id_of, private_key, public_key
from dure.foundation.sealing._lock import Unreadable

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Sealed content, and by which pair."""

    content: bytes
    key_id: str


def seal(content: bytes, about: str) -> Sealed:
    """Return `content`, sealed and bound to what it is `about`."""
    key = public_key()
    return Sealed(_SUITE.encrypt(content, key, info=about.encode()), id_of(key))


def unseal(sealed: Sealed, about: str) -> bytes:
    """Return what was sealed. Raises KeyAbsent where this process may not open, Unreadable."""
    key = private_key()
    if id_of(key.public_key()) != sealed.key_id:
        raise Unreadable(f"{about}: sealed by the pair {sealed.key_id}")
    try:
        return _SUITE.decrypt(bytes(sealed.content), key, info=about.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable(about) from error
