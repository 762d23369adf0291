"""What projects add to the page of an agreement; what the ledger calls their causes."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from dure.apps.agreements.models import Agreement
from dure.apps.calls.models import Call
from dure.apps.calls.queries import programme_in
from dure.apps.ledger.kinds import REFERENCES, Mention
from dure.apps.people.queries import Reader
from dure.apps.projects import queries
from dure.foundation.ui.panels import fills


@fills("agreement", "projects/_agreement_panel.html")
def project_of(agreement: Agreement, reader: Reader) -> dict[str, Any] | None:
    """The way to the project that an agreement became."""
    project = queries.projects_by_agreement(reader, agreement).first()
    return {"project": project} if project else None


@fills("programmes", "projects/_promises_panel.html")
def promises_of_programmes(rows: Any, reader: Reader) -> dict[str, Any]:
    """The way to how buyers kept their promises, for everybody."""
    return {}


@fills("call", "projects/_promises_panel.html")
def promises_of_call(call: Call, reader: Reader) -> dict[str, Any] | None:
    """The same, where the call asks for a promise to buy."""
    documents = programme_in(call.version.content).documents
    return {} if any(document.one_of == "purchase" for document in documents) else None


def _expenses(ids: Collection[int]) -> dict[int, Mention]:
    return {
        expense.pk: Mention(str(expense), expense.get_absolute_url())
        for expense in queries.expenses_by_id(ids)
    }


def _members(ids: Collection[int]) -> dict[int, Mention]:
    return {
        member.pk: Mention(str(member), member.project.get_absolute_url())
        for member in queries.members_by_id(ids)
    }


def _settlements(ids: Collection[int]) -> dict[int, Mention]:
    return {
        settlement.pk: Mention(
            str(settlement.project), reverse("projects:settlement", args=[settlement.project_id])
        )
        for settlement in queries.settlements_by_id(ids)
    }


def _recoveries(ids: Collection[int]) -> dict[int, Mention]:
    return {
        recovery.pk: Mention(
            f"{recovery.project.number} {recovery.get_cause_display()}",
            reverse("projects:recovery", args=[recovery.pk]),
        )
        for recovery in queries.recoveries_by_id(ids)
    }


def _repayments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        repayment.pk: Mention(
            f"{repayment.recovery.project.number} {repayment.paid_on}",
            reverse("projects:recovery", args=[repayment.recovery_id]),
        )
        for repayment in queries.repayments_by_id(ids)
    }


REFERENCES.add("expense", _expenses)
REFERENCES.add("member", _members)
REFERENCES.add("settlement", _settlements)
REFERENCES.add("recovery", _recoveries)
REFERENCES.add("repayment", _repayments)
