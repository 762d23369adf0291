"""Content that no single keeper can open: age encryption, and a key that any two of several make whole.

What is encrypted here opens with every tool that reads the age format (C2SP `age`, X25519). The key of
a person stands beside the content, under a passphrase that only they know (scrypt). Secrets are shared
after Shamir: fewer than two shares say nothing at all about the secret.
"""

from dure.foundation.escrow._age import (
    Key,
    Locked,
    WrongPassphrase,
    decrypt,
    decrypted_pieces,
    encrypt,
    encrypt_pieces,
    new_key,
    protect,
    unprotect,
)
from dure.foundation.escrow._shares import NEEDED, joined, split

__all__ = [
    "NEEDED",
    "Key",
    "Locked",
    "WrongPassphrase",
    "decrypt",
    "decrypted_pieces",
    "encrypt",
    "encrypt_pieces",
    "joined",
    "new_key",
    "protect",
    "split",
    "unprotect",
]
