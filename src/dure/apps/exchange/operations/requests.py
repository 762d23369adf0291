"""Requests for support of negotiations or for a check of a buyer: asked, taken on, reported."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.exchange import permissions, queries
from dure.apps.exchange.kinds import RequestKind
from dure.apps.exchange.models import Contact, HelpRequest
from dure.apps.exchange.operations.holding import tell_people, tell_users
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import RequestStage
from dure.apps.people.models import Organisation, User
from dure.foundation.verdict import Refused


@transaction.atomic
def ask(
    *,
    kind: str,
    organisation: Organisation,
    text: str,
    contact: Contact | None = None,
    buyer: str = "",
    buyer_country: str = "",
    buyer_number: str = "",
    by: User,
    at: datetime,
) -> HelpRequest:
    """Ask the office for help; a check names the buyer and its country. Raises Refused."""
    permissions.may_ask(by, organisation).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    if kind == RequestKind.BUYER_CHECK and not (buyer.strip() and buyer_country):
        raise Refused(Reason.BUYER_MISSING)
    if contact is not None and organisation.pk not in (contact.home_id, contact.abroad_id):
        raise Refused(Reason.NOT_A_SIDE)
    request = HelpRequest.objects.create(
        kind=kind,
        organisation=organisation,
        contact=contact,
        text=text.strip(),
        buyer=buyer.strip(),
        buyer_country=buyer_country,
        buyer_number=buyer_number.strip(),
        created_by=by,
        created_at=at,
    )
    tell_users(
        queries.runners(), "ASKED", url=request.get_absolute_url(), at=at, exclude=by,
        organisation=organisation, title=request.number,
    )  # fmt: skip
    return request


@transaction.atomic
def take(*, request: HelpRequest, due_on: date, by: User, at: datetime) -> HelpRequest:
    """Take a request on until a day; the one who asked is told. Raises Refused."""
    request = _locked(request)
    permissions.may_take(by, request).require()
    if due_on < localdate(at):
        raise Refused(Reason.BAD_TIME)
    request.owner, request.due_on, request.stage = by, due_on, RequestStage.TAKEN
    request.save()
    _tell(request, "TAKEN", by, at)
    return request


@transaction.atomic
def report(
    *, request: HelpRequest, text: str, finding: str = "", by: User, at: datetime
) -> HelpRequest:
    """Report on a request; a check says what it found. Raises Refused."""
    request = _locked(request)
    permissions.may_report(by, request).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    if request.kind == RequestKind.BUYER_CHECK and not finding:
        raise Refused(Reason.FINDING_MISSING)
    request.report, request.reported_at = text.strip(), at
    request.finding = finding if request.kind == RequestKind.BUYER_CHECK else ""
    request.stage = RequestStage.REPORTED
    request.save()
    _tell(request, "REPORTED", by, at)
    return request


def _locked(request: HelpRequest) -> HelpRequest:
    held = HelpRequest.objects.select_for_update(of=("self",))
    return held.select_related("organisation").get(pk=request.pk)


def _tell(request: HelpRequest, what: str, by: User, at: datetime) -> None:
    tell_people(
        [request.organisation], what, url=request.get_absolute_url(), at=at, exclude=by,
        title=request.number, day=request.due_on,
    )  # fmt: skip
