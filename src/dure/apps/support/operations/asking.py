"""A firm asks, or somebody for it; the office says which bodies answer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import Organisation, User
from dure.apps.support import permissions, queries
from dure.apps.support.kinds import AskedAs, Service, Value
from dure.apps.support.models import Body, PersonalValues, StepTaken, SupportRequest
from dure.apps.support.operations.holding import (
    enter,
    filled,
    locked,
    note,
    of_body,
    of_firm,
    tell_of,
)
from dure.apps.support.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def ask(
    *,
    service: Service,
    organisation: Organisation,
    title: str,
    values: Mapping[str, Value],
    by: User,
    at: datetime,
    counterpart: Organisation | None = None,
    counterpart_name: str = "",
) -> SupportRequest:
    """Ask for a service for a firm, at the body of its region. Raises Refused.

    Who asks for a firm of others is marked, and the firm is told. The terms of the day hold.
    """
    today = localdate(at)
    permissions.may_ask(by, service, organisation, today).require()
    capacity = queries.capacity_of(by, service, organisation, today)
    if not title.strip():
        raise Refused(Reason.FIELD_MISSING)
    if service.has_counterpart and not (counterpart or counterpart_name.strip()):
        raise Refused(Reason.NO_COUNTERPART)
    if counterpart == organisation:
        raise Refused(Reason.NO_COUNTERPART)
    edition = service.edition_of(today)
    given = filled({}, values, service.asked_at_first)
    personal = {field.id for field in service.fields if field.personal}
    request = SupportRequest(
        service=service.id,
        edition_from=edition.valid_from if edition else None,
        organisation=organisation,
        title=title.strip(),
        values={name: value for name, value in given.items() if name not in personal},
        asked_by=by,
        asked_at=at,
        asked_as=capacity.asked_as if capacity else AskedAs.SELF,
        group=capacity.group if capacity else None,
        body=queries.body_for(service.id, organisation.region),
        counterpart=counterpart if service.has_counterpart else None,
        counterpart_name=counterpart_name.strip() if service.has_counterpart else "",
    )
    enter(request, service.first, at=at)
    request.save()
    if personal:
        kept = {name: value for name, value in given.items() if name in personal}
        PersonalValues.objects.create(request=request, values=kept)
    note(request, StepTaken.What.STEP, by=by, at=at)
    office = [] if request.body else list(queries.people_of_body(request))
    tell_of(request, of_body(request, office), "ASKED", by=by, at=at)
    if request.asked_as != AskedAs.SELF:
        tell_of(request, of_firm(request), "ASKED_FOR_YOU", by=by, at=at, who=str(by))
    return request


@transaction.atomic
def assign_body(
    *, request: SupportRequest, organisation: Organisation, by: User, at: datetime
) -> SupportRequest:
    """Say which body answers a request that nobody owns yet. Raises Refused."""
    request = locked(request)
    permissions.may_assign_body(by, request).require()
    if organisation.kind not in request.file.answered_by:
        raise Refused(Reason.WRONG_BODY)
    request.body = organisation
    request.save(update_fields=["body"])
    tell_of(request, of_body(request), "ASKED", by=by, at=at)
    return request


@transaction.atomic
def name_body(
    *, service: Service, organisation: Organisation, region: str, by: User, at: datetime
) -> Body:
    """Name who answers a service in a region from now on; who did so before ends. Raises Refused."""
    permissions.may_run(by).require()
    if organisation.kind not in service.answered_by:
        raise Refused(Reason.WRONG_BODY)
    held = Body.objects.select_for_update().filter(service=service.id, region=region, ended_on=None)
    for former in held:
        if former.organisation_id == organisation.pk:
            raise Refused(Reason.NAMED_ALREADY)
        former.ended_on = localdate(at)
        former.save(update_fields=["ended_on"])
    return Body.objects.create(service=service.id, organisation=organisation, region=region)
