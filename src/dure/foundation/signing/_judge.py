"""What the signatures of a PDF file are worth for the file as it is now."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from logging import CRITICAL, getLogger
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from dure.foundation.signing._keys import authority

MOST_BYTES = 30_000_000
MOST_SIGNATURES = 50
_COVERED = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}


class Verdict(StrEnum):
    """GOOD: every signature holds for the file as it is. UNSIGNED: there is none.

    CHANGED: something was changed or added after a signature that a signature does not allow.
    BROKEN: what was signed is not what is there. REFUSED: a signature that no reader should take.
    UNREADABLE: the file or a signature cannot be read.
    """

    GOOD = "good"
    UNSIGNED = "unsigned"
    CHANGED = "changed after signing"
    BROKEN = "broken"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """A signature: in which field, by whom, when, and what it is worth.

    `is_ours`: its certificate was issued by this platform. `signed_at` is what the signer says.
    """

    field: str
    signer: str
    signed_at: datetime | None
    verdict: Verdict
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all signatures of a file are worth together."""

    verdict: Verdict
    signatures: tuple[SignatureFound, ...] = ()

    @property
    def is_good(self) -> bool:
        """True when there are signatures and all of them hold for the whole file."""
        return self.verdict is Verdict.GOOD


def judge(pdf: bytes) -> Judgement:
    """Judge every signature of `pdf`: whole, valid, over all of the file, and nothing changed since."""
    if len(pdf) > MOST_BYTES:
        return Judgement(Verdict.UNREADABLE)
    with _quiet():
        try:
            reader = PdfFileReader(BytesIO(pdf))
            embedded = list(reader.embedded_signatures)
        except Exception:  # noqa: BLE001 -- whatever a hostile file makes the parser raise
            return Judgement(Verdict.UNREADABLE)
        if not embedded:
            return Judgement(Verdict.UNSIGNED)
        if len(embedded) > MOST_SIGNATURES:
            return Judgement(Verdict.REFUSED)
        signatures = tuple(_found(signature) for signature in embedded)
    verdict = _worst(signature.verdict for signature in signatures)
    # What stands behind the last revision belongs to none, and readers differ in what they make of it.
    if verdict is Verdict.GOOD and not pdf.rstrip().endswith(b"%%EOF"):
        verdict = Verdict.CHANGED
    return Judgement(verdict, signatures)


def signed_part(pdf: bytes) -> str:
    """The SHA-256 of the first revision of a file: what everybody signed, before any signature.

    Empty for what cannot be read.
    """
    with _quiet():
        try:
            reader = PdfFileReader(BytesIO(pdf))
            first = reader.get_historical_resolver(0)
            offset = first.reader.xrefs.get_startxref_for_revision(0)
            end = pdf.index(b"%%EOF", offset) + len(b"%%EOF")
        except Exception:  # noqa: BLE001 -- whatever a hostile file makes the parser raise
            return ""
    return hashlib.sha256(pdf[:end]).hexdigest()


def _found(embedded: Any) -> SignatureFound:
    name, at, is_ours = "", None, False
    try:
        name = str(embedded.signer_cert.subject.native.get("common_name", ""))
        at = embedded.self_reported_timestamp
        verdict, is_ours = _verdict(embedded)
    except SignatureValidationError:
        verdict = Verdict.REFUSED
    except Exception:  # noqa: BLE001 -- whatever a hostile file makes the parser raise
        verdict = Verdict.UNREADABLE
    return SignatureFound(str(embedded.field_name), name, at, verdict, is_ours)


def _verdict(embedded: Any) -> tuple[Verdict, bool]:
    ours = ValidationContext(trust_roots=[authority()], allow_fetching=False)
    if embedded.sig_object_type == "/DocTimeStamp":
        status: Any = validate_pdf_timestamp(embedded, validation_context=ours)
    else:
        status = validate_pdf_signature(embedded, signer_validation_context=ours)
    if not status.intact or not status.valid:
        return Verdict.BROKEN, False
    is_whole = status.coverage in _COVERED
    is_left = status.modification_level is not ModificationLevel.OTHER
    if not is_whole or not is_left or status.docmdp_ok is False:
        return Verdict.CHANGED, bool(status.trusted)
    return Verdict.GOOD, bool(status.trusted)


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    order = (Verdict.UNREADABLE, Verdict.REFUSED, Verdict.BROKEN, Verdict.CHANGED, Verdict.GOOD)
    return min(verdicts, key=order.index)


@contextmanager
def _quiet() -> Iterator[None]:
    """The library writes every fault of a file to the log as well; the verdict says it."""
    loggers = [getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
