"""An original of the cast."""

import hashlib

from django.utils import timezone

from dure.apps.origins.models import Origin
from dure.apps.origins.operations import register
from tests.cast import Cast

CONTENT = b"coating process, third draft"


def original(cast: Cast, content: bytes = CONTENT) -> Origin:
    """A file of the supplier, registered by its manager."""
    return register(
        organisation=cast.supplier, title="코팅 공정 3차 시안", file_name="coating.pdf",
        sha256=hashlib.sha256(content).hexdigest(), by=cast["supplier"], at=timezone.now(),
    )  # fmt: skip
