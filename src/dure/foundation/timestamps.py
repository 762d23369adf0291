"""What an outside authority says of the time (RFC 3161): asked over the net, judged against its chain.

`DURE_TSA` is the address of the authority, `DURE_TSA_CHAIN` a file with its certificates as PEM,
the root among them.
"""

from datetime import UTC, datetime
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

MOST_BYTES = 100_000
SECONDS = 20
_STAMPING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8")


class BadTimestamp(ValueError):
    """What came is no timestamp of the content under the chain, or nothing came at all."""


def is_set() -> bool:
    """Whether there is an authority to ask."""
    return bool(settings.DURE_TSA and settings.DURE_TSA_CHAIN)


def chain() -> str:
    """The certificates of the authority, as PEM."""
    return Path(settings.DURE_TSA_CHAIN).read_text(encoding="ascii")


def ask(content: bytes) -> bytes:
    """The authority's answer for `content`, which it does not see: it gets the hash. Raises BadTimestamp."""
    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    try:
        answer = httpx.post(
            settings.DURE_TSA,
            content=request.as_bytes(),
            headers={"Content-Type": "application/timestamp-query"},
            timeout=SECONDS,
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise BadTimestamp(f"the authority does not answer: {error}") from error
    return answer.content


def said_at(response: bytes, content: bytes, chain: str) -> datetime:
    """When `content` was there by what the authority signed under `chain`. Raises BadTimestamp."""
    if len(response) > MOST_BYTES:
        raise BadTimestamp("the answer is too long")
    try:
        timestamp = decode_timestamp_response(response)
        _verifier(chain).build().verify_message(timestamp, content)
        moment: datetime = timestamp.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise BadTimestamp(str(error)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _verifier(chain: str) -> VerifierBuilder:
    builder = VerifierBuilder()
    seen = set()
    for certificate in x509.load_pem_x509_certificates(chain.encode()):
        encoded = certificate.public_bytes(Encoding.DER)
        if encoded in seen:
            continue
        seen.add(encoded)
        if certificate.issuer == certificate.subject:
            builder = builder.add_root_certificate(certificate)
        elif _stamps(certificate):
            builder = builder.tsa_certificate(certificate)
        else:
            builder = builder.add_intermediate_certificate(certificate)
    return builder


def _stamps(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return _STAMPING in usage and not _is_authority(certificate)


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
