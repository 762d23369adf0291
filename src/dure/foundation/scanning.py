"""Looking for viruses in files that people hand in, by ClamAV where one is configured (`DURE_CLAMD`)."""

import logging
from enum import StrEnum
from typing import BinaryIO

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

log = logging.getLogger(__name__)
SECONDS = 30


class Scan(StrEnum):
    """What the scanner said; NOT_SCANNED where there is none, or it did not answer."""

    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    NOT_SCANNED = "NOT_SCANNED"


def scan(content: BinaryIO) -> Scan:
    """Ask the scanner about a file. `content` is left at its beginning."""
    address: str = settings.DURE_CLAMD
    if not address:
        return Scan.NOT_SCANNED
    content.seek(0)
    try:
        answer = _scanner(address).instream(content)
    except (ClamdError, OSError, ValueError) as error:
        log.warning("the virus scanner at %s did not answer: %s", address, error)
        return Scan.NOT_SCANNED
    finally:
        content.seek(0)
    match [status for status, _reason in answer.values()]:
        case ["OK"]:
            return Scan.CLEAN
        case ["FOUND"]:
            return Scan.INFECTED
    return Scan.NOT_SCANNED


def _scanner(address: str) -> ClamdNetworkSocket | ClamdUnixSocket:
    """The scanner at `host:port` or at the socket in a path."""
    if address.startswith("/"):
        return ClamdUnixSocket(path=address, timeout=SECONDS)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host=host, port=int(port), timeout=SECONDS)
