"""Content that the database keeps and cannot read: drafts under a key, sealed submissions under a pair.

`lock` and `unlock` go both ways with one key. `seal` needs only the public half of a pair;
`unseal` needs the private half, which a deployment gives to nobody but the process that opens. All
bind the content to what it is `about`, so nothing can be put in another's place in the database.
The keys stand in files outside the database (`DURE_KEYS`): losing them is losing the content.

HPKE (RFC 9180: X25519, HKDF-SHA-256, ChaCha20-Poly1305), AES-256-GCM, and JSON in canonical form
(RFC 8785) for what is hashed.
"""

from dure.foundation.sealing._canonical import canonical, digest
from dure.foundation.sealing._files import file_key, lock_file, lock_piece, unlock_file
from dure.foundation.sealing._keys import KeyAbsent
from dure.foundation.sealing._lock import Unreadable, lock, unlock
from dure.foundation.sealing._seal import Sealed, seal, unseal

__all__ = [
    "KeyAbsent",
    "Sealed",
    "Unreadable",
    "canonical",
    "digest",
    "file_key",
    "lock",
    "lock_file",
    "lock_piece",
    "seal",
    "unlock",
    "unlock_file",
    "unseal",
]
