"""Originals as a list, and what a certificate says of the sealed record."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.origins.kinds import REGISTERED
from dure.apps.origins.models import Origin
from dure.apps.records.queries import entries_about, first_covering
from dure.foundation.ui.listing import Sheet


def sheet(origins: Iterable[Origin]) -> Sheet:
    """Originals as a workbook."""
    headers = [
        _("Number"), _("What it is"), _("Name of the file"), _("Fingerprint (SHA-256)"),
        _("Organisation"), _("Registered by"), _("Registered"),
    ]  # fmt: skip
    rows = [
        [
            origin.number,
            origin.title,
            origin.file_name,
            origin.sha256,
            str(origin.organisation),
            str(origin.created_by),
            localtime(origin.created_at),
        ]
        for origin in origins
    ]
    return {"title": _("Proof of origin"), "headers": headers, "rows": rows}


def sealed(origin: Origin) -> dict[str, Any]:
    """The entry that an original is in the sealed record, and the checkpoint that covers it, if signed."""
    entry = entries_about(f"origin:{origin.pk}").filter(kind=REGISTERED.code).first()
    place = getattr(entry, "place", None)
    return {"index": place.index, "checkpoint": first_covering(place.index)} if place else {}
