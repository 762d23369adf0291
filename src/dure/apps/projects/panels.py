"""What projects add to the page of an agreement; what the ledger calls their causes."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from dure.apps.agreements.models import Agreement
from dure.apps.ledger.kinds import REFERENCES, Mention
from dure.apps.people.queries import Reader
from dure.apps.projects import queries
from dure.foundation.ui.panels import fills


@fills("agreement", "projects/_agreement_panel.html")
def project_of(agreement: Agreement, reader: Reader) -> dict[str, Any] | None:
    """The way to the project that an agreement became."""
    found = queries.projects_by_agreement(reader, agreement).first()
    return {"project": found} if found else None


def _expenses(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(str(each), each.get_absolute_url()) for each in queries.expenses_by_id(ids)
    }


def _members(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(str(each), each.project.get_absolute_url())
        for each in queries.members_by_id(ids)
    }


def _settlements(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(str(each.project), reverse("projects:settlement", args=[each.project_id]))
        for each in queries.settlements_by_id(ids)
    }


def _recoveries(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(
            f"{each.project.number} {each.get_cause_display()}",
            reverse("projects:recovery", args=[each.pk]),
        )
        for each in queries.recoveries_by_id(ids)
    }


def _repayments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(
            f"{each.recovery.project.number} {each.paid_on}",
            reverse("projects:recovery", args=[each.recovery_id]),
        )
        for each in queries.repayments_by_id(ids)
    }


REFERENCES.add("expense", _expenses)
REFERENCES.add("member", _members)
REFERENCES.add("settlement", _settlements)
REFERENCES.add("recovery", _recoveries)
REFERENCES.add("repayment", _repayments)
