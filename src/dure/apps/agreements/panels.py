"""What agreements add to decisions, applications and calls; what the ledger calls them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from dure.apps.agreements import queries
from dure.apps.agreements.models import Party
from dure.apps.applications.models import Application
from dure.apps.calls.models import Call
from dure.apps.ledger.kinds import REFERENCES, Mention
from dure.apps.people.queries import Reader
from dure.apps.selection.models import Decision
from dure.foundation.ui.panels import fills


@fills("call", "agreements/_panel.html")
def agreements_of_a_call(call: Call, reader: Reader) -> dict[str, Any] | None:
    """The agreements that came of a call, as far as the reader sees them."""
    return _shown(reader, call.applications.values("pk"))


@fills("application", "agreements/_panel.html")
def agreement_of_an_application(application: Application, reader: Reader) -> dict[str, Any] | None:
    """The agreement that came of an application."""
    return _shown(reader, [application.pk])


@fills("decision", "agreements/_panel.html")
def agreement_of_a_decision(decision: Decision, reader: Reader) -> dict[str, Any] | None:
    """The agreement that came of a decision."""
    return _shown(reader, [decision.application_id])


def _shown(reader: Reader, applications: Any) -> dict[str, Any] | None:
    agreements = list(queries.agreements_of(reader, applications))
    return {"agreements": agreements} if agreements else None


def _agreements(ids: Collection[int]) -> dict[int, Mention]:
    return {
        agreement.pk: Mention(
            f"{agreement.number} {agreement}", reverse("agreements:agreement", args=[agreement.pk])
        )
        for agreement in queries.agreements_by_id(ids)
    }


def _instalments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        instalment.pk: Mention(
            f"{instalment.agreement.number}-{instalment.number} {instalment.payer}",
            reverse("agreements:agreement", args=[instalment.agreement_id]),
        )
        for instalment in queries.instalments_by_id(ids)
    }


def _parties(ids: Collection[int]) -> dict[int, Mention]:
    parties: dict[int, Party] = {party.pk: party for party in queries.parties_by_id(ids)}
    return {
        pk: Mention(str(party), reverse("agreements:agreement", args=[party.agreement_id]))
        for pk, party in parties.items()
    }


def _changes(ids: Collection[int]) -> dict[int, Mention]:
    return {
        change.pk: Mention(
            f"{change.agreement.number} {change}",
            reverse("agreements:agreement", args=[change.agreement_id]),
        )
        for change in queries.changes_by_id(ids)
    }


REFERENCES.add("agreement", _agreements)
REFERENCES.add("change", _changes)
REFERENCES.add("instalment", _instalments)
REFERENCES.add("party", _parties)
