"""What support services add to the pages of applications and organisations."""

from typing import Any

from django.utils.timezone import localdate

from dure.apps.applications.models import Application
from dure.apps.applications.permissions import may_lead
from dure.apps.applications.stages import ParticipantStage as Asked
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.apps.support import presenters, queries
from dure.apps.support.models import Candidate
from dure.foundation.ui.panels import fills


@fills("application", "support/_application_panel.html")
def partners_in(application: Application, reader: Reader) -> dict[str, Any] | None:
    """The partners that a matching body found for the lead, with the roles agreed on.

    They are those of services that feed the programme of the call; whoever reads the application
    reads them with it. Nothing that is private is among them.
    """
    programme = application.call.version.programme.slug
    partners_agreed = [
        partner
        for partner in queries.partners_agreed_for(application.organisation)
        if programme in partner.request.file.feeds.programmes
        and not partner.request.file.is_private
    ]
    if not partners_agreed:
        return None
    seen = queries.requests_visible_to(reader).filter(
        pk__in=[partner.request_id for partner in partners_agreed]
    )
    return {
        "application": application,
        "partners": partners_agreed,
        "open_to": set(seen.values_list("pk", flat=True)),
        "to_invite": _to_invite(application, partners_agreed, reader),
    }


def _to_invite(application: Application, partners: list[Candidate], reader: Reader) -> set[int]:
    """The partners on the platform whom the lead can still ask to take part."""
    if not may_lead(reader, application):
        return set()
    asked = application.participants.filter(stage__in=(Asked.INVITED, Asked.JOINED))
    there = set(asked.values_list("organisation", flat=True))
    return {
        partner.pk
        for partner in partners
        if partner.profile.organisation_id not in {None, *there}
        and partner.profile.organisation.business_number
    }


@fills("organisation", "support/_organisation_panel.html")
def requests_of(organisation: Organisation, reader: Reader) -> dict[str, Any] | None:
    """What an organisation has asked for, as far as the reader knows of it."""
    requests = queries.requests_visible_to(reader).filter(organisation=organisation)[:10]
    rows = presenters.rows_of(requests, localdate())
    return {"rows": rows} if rows else None
