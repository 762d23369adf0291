"""Fingerprints of files (전자지문, SHA-256): reading them as people paste them, comparing two lists."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LINE = re.compile(r"([0-9A-Fa-f]{64}) [ *](.+)")
MOST_LINES = 1_000


class Fingerprint(NamedTuple):
    """A file by its name and its SHA-256, as 64 lower-case hexadecimal digits."""

    name: str
    sha256: str


class Comparison(NamedTuple):
    """What was received against what was sealed, by names."""

    same: list[str]
    changed: list[str]
    missing: list[str]
    added: list[str]

    @property
    def is_whole(self) -> bool:
        """True when each sealed file was received unchanged; what came beside them does not matter."""
        return bool(self.same) and not self.changed and not self.missing


def fingerprint_of(chunks: Iterable[bytes]) -> str:
    """The SHA-256 of a content that comes in parts."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def read_fingerprint(text: str) -> str | None:
    """The one fingerprint in what was pasted, alone or as a program prints it; None for none or several."""
    words = {word for word in text.lower().split() if _SHA256.fullmatch(word)}
    return words.pop() if len(words) == 1 else None


def read_lines(text: str) -> list[Fingerprint]:
    """Fingerprints as sha256sum and `dure fingerprint` print them, a file on each line.

    Raises ValueError, whose argument is the number of the first line that cannot be read or names a
    file a second time; 0 where there are too many.
    """
    fingerprints: dict[str, Fingerprint] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        name = match[2].strip() if match else ""
        if match is None or not name or name in fingerprints:
            raise ValueError(number)
        fingerprints[name] = Fingerprint(name, match[1].lower())
        if len(fingerprints) > MOST_LINES:
            raise ValueError(0)
    return list(fingerprints.values())


def compare(sealed: Iterable[Fingerprint], received: Iterable[Fingerprint]) -> Comparison:
    """Compare by names; a file that was only renamed counts as the same."""
    names = {fingerprint.name: fingerprint.sha256 for fingerprint in received}
    hashes = set(names.values())
    same, changed, missing = [], [], []
    known = list(sealed)
    for fingerprint in known:
        if names.get(fingerprint.name) == fingerprint.sha256 or fingerprint.sha256 in hashes:
            same.append(fingerprint.name)
        elif fingerprint.name in names:
            changed.append(fingerprint.name)
        else:
            missing.append(fingerprint.name)
    sealed_hashes = {fingerprint.sha256 for fingerprint in known}
    sealed_names = {fingerprint.name for fingerprint in known}
    added = [
        name
        for name, sha256 in names.items()
        if name not in sealed_names and sha256 not in sealed_hashes
    ]
    return Comparison(same, changed, missing, added)
