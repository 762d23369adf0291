"""Declared interests, as a sheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.selection.models import Interest
from dure.foundation.ui.listing import Sheet


def interests_sheet(interests: Iterable[Interest]) -> Sheet:
    """Who declared what of whom, and whether it still counts."""
    headers = [
        _("Declared by"), pgettext("interest", "Kind"), _("With"), _("Since"), _("Until"),
        _("Reason"), _("Declared"), _("Ended"),
    ]  # fmt: skip
    rows = [
        [
            str(interest.reviewer or interest.organisation), interest.get_kind_display(),
            str(interest.other or interest.name), interest.since, interest.until, interest.reason, interest.declared_at,
            interest.ended_at,
        ]
        for interest in interests
    ]  # fmt: skip
    return {"title": _("Declared interests"), "headers": headers, "rows": rows}
