"""What outcomes add to the pages of what they came of."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.agreements.models import Agreement
from dure.apps.catalog.models import Need, Technology
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.outcomes import permissions, presenters, queries
from dure.apps.people.queries import Reader
from dure.apps.projects.kinds import PACKAGE
from dure.apps.projects.models import Project
from dure.foundation.data_packages import Rows, Table
from dure.foundation.ui.panels import fills

TEMPLATE = "outcomes/_panel.html"


@fills("entry", TEMPLATE)
def of_entry(entry: Need | Technology, reader: Reader) -> dict[str, Any] | None:
    """What came of a need or a technology."""
    link = "need" if isinstance(entry, Need) else "technology"
    return _came_of(link, entry, reader, may_report=False)


@fills("introduction", TEMPLATE)
def of_introduction(introduction: Introduction, reader: Reader) -> dict[str, Any] | None:
    """What came of an introduction, and the way to report it."""
    return _came_of("introduction", introduction, reader)


@fills("record", TEMPLATE)
def of_record(record: ConsultationRecord, reader: Reader) -> dict[str, Any] | None:
    """What came of a meeting, and the way to report it."""
    return _came_of("record", record, reader)


@fills("agreement", TEMPLATE)
def of_agreement(agreement: Agreement, reader: Reader) -> dict[str, Any] | None:
    """What came of an agreement."""
    return _came_of("agreement", agreement, reader, may_report=bool(agreement.agreed_on))


@fills("project", TEMPLATE)
def of_project(project: Project, reader: Reader) -> dict[str, Any] | None:
    """What came of a project, and the way to report it."""
    return _came_of("project", project, reader)


def _came_of(
    link: str, thing: Any, reader: Reader, *, may_report: bool = True
) -> dict[str, Any] | None:
    outcomes = list(queries.of_thing(reader, link, thing)[:20])
    may_report = may_report and bool(permissions.may_report(reader))
    if not outcomes and not may_report:
        return None
    return {
        "rows": presenters.rows_of(outcomes),
        "report_query": f"?of={link}-{thing.pk}" if may_report else "",
    }


def _tables(project: Project, reader: Reader | None) -> Iterator[tuple[Table, Rows]]:
    """What came of a project, for its data package."""
    fields = (
        ("kind", "string", _("Kind")),
        ("title", "string", pgettext("outcome", "What")),
        ("day", "date", _("Day")),
        ("amount", "number", _("Amount")),
        ("currency", "string", _("Currency")),
        ("count", "integer", _("Number of people")),
        ("organisation", "string", _("Whose outcome")),
        ("other_side", "string", _("Other side")),
        ("stage", "string", _("Status")),
    )
    rows = [
        [
            outcome.kind, outcome.title, outcome.on, outcome.amount, outcome.currency, outcome.count,
            str(outcome.organisation), outcome.other_side, str(outcome.get_stage_display()),
        ]
        for outcome in queries.of_project(project, reader)
    ]  # fmt: skip
    yield Table("outcomes", _("Outcomes"), fields), rows


PACKAGE.add("outcomes", _tables)
