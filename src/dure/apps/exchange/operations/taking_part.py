"""Who takes part in an exchange meeting: applied or asked, selected or not, withdrawn."""

from datetime import datetime

from django.db import transaction

from dure.apps.exchange import permissions, queries
from dure.apps.exchange.kinds import HOME, SELECTED, Side
from dure.apps.exchange.models import Delegation, ExchangeMeeting, Listing, Part
from dure.apps.exchange.operations.holding import locked_meeting, tell_people, tell_users
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import PartStage, TalkStage
from dure.apps.people.models import Organisation, User
from dure.apps.records.operations import record
from dure.foundation.verdict import Refused


@transaction.atomic
def apply(
    *,
    meeting: ExchangeMeeting,
    organisation: Organisation,
    listing: Listing | None = None,
    wish: str = "",
    by: User,
    at: datetime,
) -> Part:
    """Apply for one's organisation: a Korean one with a technology, one from abroad with what it
    looks for. Raises Refused."""
    meeting = locked_meeting(meeting.pk)
    permissions.may_apply(by, meeting, organisation, at).require()
    part = _enter(meeting, organisation, listing, wish, by, at)
    tell_users(
        queries.runners(), "APPLIED", url=meeting.get_absolute_url(), at=at, exclude=by,
        organisation=organisation,
    )  # fmt: skip
    return part


@transaction.atomic
def invite(
    *,
    meeting: ExchangeMeeting,
    organisation: Organisation,
    listing: Listing | None = None,
    wish: str = "",
    delegation: Delegation | None = None,
    by: User,
    at: datetime,
) -> Part:
    """Enter an organisation that the office asked; a colleague still selects it. Raises Refused."""
    meeting = locked_meeting(meeting.pk)
    permissions.may_change_meeting(by, meeting).require()
    if delegation is not None and delegation.meeting_id != meeting.pk:
        raise Refused(Reason.STAGE_CLOSED)
    part = _enter(meeting, organisation, listing, wish, by, at, delegation)
    tell_people([organisation], "INVITED", url=meeting.get_absolute_url(), at=at, exclude=by)
    return part


@transaction.atomic
def answer(*, part: Part, is_selected: bool, reason: str = "", by: User, at: datetime) -> Part:
    """Select who applied, while there are places, or say why not. Raises Refused."""
    meeting = locked_meeting(part.meeting_id)
    part = Part.objects.select_for_update(of=("self",)).get(pk=part.pk)
    part.meeting = meeting
    permissions.may_answer(by, part).require()
    if not is_selected and not reason.strip():
        raise Refused(Reason.WHY_MISSING)
    if is_selected and part.side == Side.HOME and _is_full(meeting):
        raise Refused(Reason.FULL)
    part.stage = PartStage.SELECTED if is_selected else PartStage.REFUSED
    part.reason = "" if is_selected else reason.strip()
    part.answered_by, part.answered_at = by, at
    part.save()
    record(
        kind=SELECTED,
        about=f"exchange:{meeting.pk}",
        content={"part": part.pk, "stage": part.stage, "organisation": part.organisation_id},
        parties=[part.organisation],
        is_of_office=True,
        by=by,
        at=at,
    )
    tell_people([part.organisation], part.stage, url=meeting.get_absolute_url(), at=at, exclude=by)
    return part


@transaction.atomic
def withdraw(*, part: Part, by: User) -> Part:
    """Take one's application or place back; consultations that were arranged are cancelled.
    Raises Refused."""
    part.meeting = locked_meeting(part.meeting_id)
    part = Part.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=part.pk)
    permissions.may_withdraw(by, part).require()
    part.stage = PartStage.WITHDRAWN
    part.save(update_fields=["stage"])
    talks = part.talks_home if part.side == Side.HOME else part.talks_abroad
    talks.filter(stage=TalkStage.PLANNED).update(stage=TalkStage.CANCELLED)
    return part


def _enter(
    meeting: ExchangeMeeting,
    organisation: Organisation,
    listing: Listing | None,
    wish: str,
    by: User,
    at: datetime,
    delegation: Delegation | None = None,
) -> Part:
    side = Side.HOME if queries.country_of(organisation) == HOME else Side.ABROAD
    if not organisation.verified_at:
        raise Refused(Reason.ORGANISATION_NOT_VERIFIED)
    if side == Side.HOME:
        if listing is None or listing.technology.organisation_id != organisation.pk:
            raise Refused(Reason.NOT_LISTED)
    elif not wish.strip():
        raise Refused(Reason.TEXT_MISSING)
    made, is_new = Part.objects.get_or_create(
        meeting=meeting,
        organisation=organisation,
        defaults={
            "side": side,
            "listing": listing if side == Side.HOME else None,
            "wish": wish.strip(),
            "delegation": delegation if side == Side.ABROAD else None,
            "applied_by": by,
            "applied_at": at,
        },
    )
    if not is_new:
        raise Refused(Reason.APPLIED_ALREADY)
    return made


def _is_full(meeting: ExchangeMeeting) -> bool:
    if meeting.places is None:
        return False
    taken = meeting.parts.filter(side=Side.HOME, stage=PartStage.SELECTED).count()
    return taken >= meeting.places
