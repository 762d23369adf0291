"""Terms of use and privacy policy, in versions: one file each, its name says from when it applies.

A version that somebody agreed to is never changed; a new one is a new file.
"""

from dure.foundation.legal._texts import (
    FOLDER,
    PRIVACY,
    TERMS,
    Clause,
    LegalText,
    LegalTextError,
    Operator,
    current,
    versions,
)

__all__ = [
    "FOLDER",
    "PRIVACY",
    "TERMS",
    "Clause",
    "LegalText",
    "LegalTextError",
    "Operator",
    "current",
    "versions",
]
