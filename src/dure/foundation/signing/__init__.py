"""Signatures in PDF files (PAdES): signing with a key for each organisation, and judging what is signed.

`sign` adds a signature to what is there, so that several sign one file in any order. `judge` says
whether all signatures of a file hold for the file as it is: not only for the revision that each was
made on, which is what most viewers say. Keys lie outside the database (`DURE_KEYS`), each encrypted,
under certificates that the platform issues; they prove that the platform signed for somebody who was
signed in, not more.
"""

from dure.foundation.signing._judge import Judgement, SignatureFound, Verdict, judge, signed_part
from dure.foundation.signing._keys import authority, certificate_of
from dure.foundation.signing._sign import CannotSign, sign

__all__ = [
    "CannotSign",
    "Judgement",
    "SignatureFound",
    "Verdict",
    "authority",
    "certificate_of",
    "judge",
    "sign",
    "signed_part",
]
