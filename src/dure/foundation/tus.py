"""The tus protocol 1.0.0 for uploads that go on after a lost connection: what clients say and are told.

Core, creation, checksum, expiration and termination (tus.io). A client asks by HEAD how far the server
has got and sends the next piece by PATCH; any client of the protocol can do it.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import attempted

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
CHECKSUM_MISMATCH = 460
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Announced:
    """An upload that is about to begin; `mark` is what its client knows the same file by."""

    name: str
    size: int
    mark: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a PATCH brings. `is_whole` says whether it has the hash that was named with it."""

    begins_at: int
    content: bytes
    is_whole: bool


def is_spoken(request: HttpRequest) -> bool:
    """Whether the client speaks this version."""
    return request.headers.get("Tus-Resumable") == VERSION


def announced(request: HttpRequest) -> Announced | None:
    """What a POST announces; None where it makes no sense."""
    size = whole_number(request.headers.get("Upload-Length"), low=1)
    metadata = _metadata(request.headers.get("Upload-Metadata", ""))
    if not is_spoken(request) or size is None or not metadata.get("filename"):
        return None
    return Announced(metadata["filename"], size, metadata.get("mark", "")[:100])


def begun(request: HttpRequest, begin: Callable[[Announced], Any]) -> HttpResponse:
    """Answer a client that announces a file: where its pieces go, or why it is not taken.

    `begin` takes note of the file and may raise Refused.
    """
    announcement = announced(request)
    if announcement is None:
        return answer(400)
    with attempted() as outcome:
        upload = begin(announcement)
    if outcome.refusal:
        return answer(422, text=outcome.why_not)
    return answer(201, location=upload.get_absolute_url())


def piece_of(request: HttpRequest) -> Piece | None:
    """What a PATCH brings; None where it makes no sense."""
    begins_at = whole_number(request.headers.get("Upload-Offset"))
    if begins_at is None or request.content_type != PIECE:
        return None
    content = request.body
    checksum = request.headers.get("Upload-Checksum", "")
    if not checksum:
        return Piece(begins_at, content, is_whole=True)
    algorithm, _, digest = checksum.partition(" ")
    if algorithm not in ALGORITHMS:
        return None
    computed = ALGORITHMS[algorithm](content, usedforsecurity=False).digest()
    return Piece(begins_at, content, is_whole=base64.b64encode(computed).decode() == digest)


def answer(status: int, *, text: object = "", **headers: Any) -> HttpResponse:
    """An answer to a client; `upload_offset=3` is the header Upload-Offset."""
    response = HttpResponse(str(text), status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name.replace("_", "-").title()] = value
    return response


def abilities(largest: int) -> Mapping[str, Any]:
    """What OPTIONS is told; `largest` in bytes."""
    return {
        "tus_version": VERSION,
        "tus_extension": "creation,checksum,expiration,termination",
        "tus_checksum_algorithm": ",".join(ALGORITHMS),
        "tus_max_size": largest,
    }


def expires(at: datetime) -> str:
    """A moment as Upload-Expires wants it."""
    return http_date(at.timestamp())


def _metadata(text: str) -> dict[str, str]:
    """The pairs of a name and base64; those that cannot be read are left out."""
    metadata = {}
    for pair in text[:_LONGEST].split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            metadata[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    return metadata
