"""How papers are shown: their state, rows of a list, a sheet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.papers.models import PaperVersion
from dure.foundation.ui.listing import Sheet


def rows(paper_versions: Iterable[PaperVersion], on: date) -> list[dict[str, Any]]:
    """Papers with how much longer they hold."""
    return [
        {"version": paper_version, "paper": paper_version.paper, **state_of(paper_version, on)}
        for paper_version in paper_versions
    ]


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
            *(
                str(paper_version.paper.organisation),
                str(paper_version.paper),
                paper_version.number,
                paper_version.name,
            ),
            *(
                paper_version.issued_on,
                paper_version.expires_on,
                state_of(paper_version, on)["said"],
            ),
            *(
                paper_version.get_scan_display(),
                str(paper_version.created_by),
                paper_version.created_at,
                paper_version.sha256,
            ),
        ]
        for paper_version in paper_versions
    ]
    return {"title": _("Document box"), "headers": head, "rows": lines}
