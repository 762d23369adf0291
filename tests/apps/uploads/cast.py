"""A large file that somebody sends for a room."""

import base64
from typing import Any

from django.utils import timezone

from dure.apps.uploads import operations
from dure.apps.uploads.models import Upload
from dure.foundation.tus import Announced
from tests.cast import Cast

STEP = b"ISO-10303-21;\n" + bytes(range(256)) * 40
"""A drawing, as far as its beginning says."""


def large_upload(
    cast: Cast, *, who: str = "supplier", purpose: str = "room:1", received: int = 0, **more: Any
) -> Upload:
    """The drawing, on its way: announced, and so many bytes of it here."""
    given = {"name": "valve.step", "size": len(STEP), "mark": "7"} | more
    upload = operations.begin(
        announced=Announced(**given), purpose=purpose, by=cast[who], at=timezone.now()
    )
    if received:
        upload = operations.receive(
            upload=upload, begins_at=0, content=STEP[:received], by=cast[who], at=timezone.now()
        )
    return upload


def tus_metadata(name: str) -> str:
    """A name as the protocol wants it."""
    return "filename " + base64.b64encode(name.encode()).decode()
