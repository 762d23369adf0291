"""How papers are shown: their state, rows of a list, a sheet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.papers.models import PaperVersion
from dure.foundation.ui.listing import Sheet


def rows(paper_versions: Iterable[PaperVersion], on: date) -> list[dict[str, Any]]:
    """Papers with how much longer they hold."""
    return [{"version": each, "paper": each.paper, **state_of(each, on)} for each in paper_versions]


def state_of(version: PaperVersion, on: date) -> dict[str, Any]:
    """Whether a version holds on a day, in words and tone."""
    last = version.expires_on
    if last is None:
        return {"said": _("Valid"), "tone": "success"}
    if last < on:
        return {"said": _("Run out"), "tone": "danger"}
    if last <= on + timedelta(days=version.paper.kind_of.warn_days):
        days = (last - on).days
        message = _("Runs out today") if days == 0 else _("%(days)s days left") % {"days": days}
        return {"said": message, "tone": "warning"}
    return {"said": _("Valid"), "tone": "success"}


def sheet(paper_versions: Iterable[PaperVersion], on: date) -> Sheet:
    """Papers as a sheet."""
    head = [
        _("Organisation"),
        _("Paper"),
        _("Version"),
        _("File"),
        _("Issued on"),
        _("Valid until"),
    ]
    head += [_("Validity"), _("Virus scan"), _("Filed by"), _("Put into the box"), "SHA-256"]
    lines = [
        [
            *(str(each.paper.organisation), str(each.paper), each.number, each.name),
            *(each.issued_on, each.expires_on, state_of(each, on)["said"]),
            *(each.get_scan_display(), str(each.created_by), each.created_at, each.sha256),
        ]
        for each in paper_versions
    ]
    return {"title": _("Document box"), "headers": head, "rows": lines}
