"""Signed notes (C2SP signed-note): a text with lines of signatures below it, Ed25519."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dure.engines.transparency import _base64

MOST_BYTES = 1_000_000
MOST_SIGNATURES = 100
_ED25519 = b"\x01"
_DASH = "— "
_ID_BYTES, _KEY_BYTES, _SIGNATURE_BYTES = 4, 32, 64
# A reader of notes takes no control characters; their lines end in a newline alone.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+]+")


class Fault(StrEnum):
    """Why a note is not taken."""

    MALFORMED = "malformed"
    UNVERIFIED = "unverified"
    INVALID = "invalid signature"
    AMBIGUOUS = "ambiguous key"


class BadNote(ValueError):
    """A note that is not taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class BadKey(ValueError):
    """A text that is no key."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Whose signature is known: a name, and 32 bytes of an Ed25519 public key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says which key made it."""
        content = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(content).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        key = _base64.written(_ED25519 + self.public)
        return f"{self.name}+{self.id.hex()}+{key}"

    def holds(self, text: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's over `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: a name and the 32 secret bytes of an Ed25519 key."""

    name: str
    secret: bytes

    @property
    def key(self) -> VerifierKey:
        """What others know of it."""
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        """The signature over `text`."""
        return self._private().sign(text)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


@dataclass(frozen=True, slots=True)
class Note:
    """A note whose signatures by known keys all hold.

    `verified` and `unverified` are the names of who signed, by known keys and by others.
    """

    text: str
    verified: tuple[str, ...]
    unverified: tuple[str, ...]


def read_key(text: str) -> VerifierKey:
    """The key that stands in a text as `name+id+key`. Raises BadKey."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise BadKey("no key of the form name+id+key")
    name, key_id, encoded = parts
    try:
        content = _base64.read(encoded)
    except ValueError as error:
        raise BadKey("the key is not base64") from error
    if len(content) != 1 + _KEY_BYTES or content[:1] != _ED25519:
        raise BadKey("no Ed25519 key")
    key = VerifierKey(name, content[1:])
    if key.id.hex() != key_id:
        raise BadKey("the id is not that of the key")
    return key


def sign_note(text: str, signers: Iterable[Signer]) -> str:
    """The text with a line for each signer. Raises BadNote for what is no text of a note."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote(Fault.MALFORMED)
    lines = []
    for signer in signers:
        signature = signer.key.id + signer.sign(text.encode())
        lines.append(f"{_DASH}{signer.name} {_base64.written(signature)}\n")
    return f"{text}\n{''.join(lines)}"


def open_note(note: bytes, keys: Sequence[VerifierKey]) -> Note:
    """Read a note that at least one of `keys` signed. Raises BadNote."""
    text, lines = _parts(note)
    verified: list[str] = []
    unverified: list[str] = []
    seen: set[tuple[str, bytes]] = set()
    for name, content in lines:
        key_id, signature = content[:_ID_BYTES], content[_ID_BYTES:]
        known = [key for key in keys if (key.name, key.id) == (name, key_id)]
        if len(known) > 1:
            raise BadNote(Fault.AMBIGUOUS)
        if {(name, key_id), (name, content)} & seen:
            continue
        # Of a known key the first counts; of others all that differ are told.
        seen.add((name, key_id if known else content))
        if not known:
            unverified.append(name)
            continue
        if not known[0].holds(text.encode(), signature):
            raise BadNote(Fault.INVALID)
        verified.append(name)
    if not verified:
        raise BadNote(Fault.UNVERIFIED)
    return Note(text, tuple(verified), tuple(unverified))


def _parts(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text with its last newline, and name and bytes of each signature. Raises BadNote."""
    try:
        content = note.decode() if len(note) <= MOST_BYTES else ""
    except UnicodeDecodeError as error:
        raise BadNote(Fault.MALFORMED) from error
    text, separator, below = content.rpartition("\n\n")
    lines = below.removesuffix("\n").split("\n")
    is_whole = separator and text and below.endswith("\n") and len(lines) <= MOST_SIGNATURES
    if not is_whole or _CONTROL.search(content):
        raise BadNote(Fault.MALFORMED)
    return f"{text}\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        content = _base64.read(encoded)
    except ValueError as error:
        raise BadNote(Fault.MALFORMED) from error
    is_one = line.startswith(_DASH) and _NAME.fullmatch(name)
    if not is_one or len(content) <= _ID_BYTES:
        raise BadNote(Fault.MALFORMED)
    return name, content
