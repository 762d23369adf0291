"""Who may do what in international exchange."""

from datetime import datetime

from dure.apps.catalog.models import Technology
from dure.apps.catalog.stages import TechnologyStage
from dure.apps.exchange.models import Accord, Contact, ExchangeMeeting, HelpRequest, Part, Talk
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.roles import READERS, RUNNERS
from dure.apps.exchange.stages import (
    MEETING_NEXT,
    MeetingStage,
    PartStage,
    RequestStage,
    TalkStage,
)
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict

OVER = (MeetingStage.HELD, MeetingStage.CANCELLED)


def may_see_exchange(user: Reader) -> Verdict:
    """See international exchange at all: people of organisations, and those whose role reads it."""
    roles = roles_of(user)
    return YES if roles.organisations or roles.holds(READERS) else Verdict(Reason.NOT_A_MEMBER)


def may_run(user: Reader) -> Verdict:
    """Do what the office for exchange does: partners, meetings, interpreters, rates, translations."""
    return YES if roles_of(user).holds(RUNNERS) else Verdict(Reason.NOT_A_RUNNER)


def may_read_figures(user: Reader) -> Verdict:
    """Read what exchange came to, by country."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_A_RUNNER)


def may_register_abroad(user: Reader) -> Verdict:
    """Enter an organisation of another country: its own people, who have none yet, and the office."""
    if not user.is_authenticated:
        return Verdict(Reason.NOT_A_MEMBER)
    is_new = not roles_of(user).organisations
    return YES if is_new or may_run(user) else Verdict(Reason.NOT_A_RUNNER)


def may_list(user: Reader, technology: Technology) -> Verdict:
    """Register a technology for exchange: its organisation, or the office."""
    if not (technology.organisation_id in roles_of(user).verified or may_run(user)):
        return Verdict(Reason.NOT_A_SIDE)
    is_out = technology.stage == TechnologyStage.PUBLISHED
    return YES if is_out else Verdict(Reason.NOT_PUBLISHED)


def may_change_meeting(user: Reader, meeting: ExchangeMeeting) -> Verdict:
    """Change a meeting, ask firms to it, enter delegations, until it is over."""
    if not may_run(user):
        return Verdict(Reason.NOT_A_RUNNER)
    return Verdict(Reason.STAGE_CLOSED) if meeting.stage in OVER else YES


def may_move(user: Reader, meeting: ExchangeMeeting, stage: str) -> Verdict:
    """Take a meeting to another stage, as `stages.MEETING_NEXT` says."""
    if not may_run(user):
        return Verdict(Reason.NOT_A_RUNNER)
    return YES if stage in MEETING_NEXT[meeting.stage] else Verdict(Reason.STAGE_CLOSED)


def may_apply_at_all(user: Reader) -> Verdict:
    """Apply to meetings and ask for help: people of verified organisations."""
    return YES if roles_of(user).verified else Verdict(Reason.ORGANISATION_NOT_VERIFIED)


def may_apply(
    user: Reader, meeting: ExchangeMeeting, organisation: Organisation, at: datetime
) -> Verdict:
    """Apply for one's organisation while the meeting takes applications."""
    if organisation.pk not in roles_of(user).verified:
        return Verdict(Reason.ORGANISATION_NOT_VERIFIED)
    is_open = meeting.stage == MeetingStage.OPEN and at <= meeting.apply_until
    return YES if is_open else Verdict(Reason.CLOSED_FOR_APPLICATIONS)


def may_answer(user: Reader, part: Part) -> Verdict:
    """Select who applied, or not; nobody decides on their own application."""
    if not may_run(user):
        return Verdict(Reason.NOT_A_RUNNER)
    if part.applied_by_id == user.pk or part.organisation_id in roles_of(user).organisations:
        return Verdict(Reason.OWN_APPLICATION)
    is_open = part.stage == PartStage.APPLIED and part.meeting.stage not in OVER
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def may_withdraw(user: Reader, part: Part) -> Verdict:
    """Take one's application back, or one's place."""
    if part.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_SIDE)
    is_open = part.stage in (PartStage.APPLIED, PartStage.SELECTED)
    return YES if is_open and part.meeting.stage not in OVER else Verdict(Reason.STAGE_CLOSED)


def may_arrange(user: Reader, meeting: ExchangeMeeting) -> Verdict:
    """Put consultations and interpreters into the time of a meeting."""
    if not may_run(user):
        return Verdict(Reason.NOT_A_RUNNER)
    is_now = meeting.stage == MeetingStage.ARRANGING
    return YES if is_now else Verdict(Reason.STAGE_CLOSED)


def may_assign(user: Reader, talk: Talk) -> Verdict:
    """Give a consultation an interpreter, or take them away."""
    if not may_run(user):
        return Verdict(Reason.NOT_A_RUNNER)
    return YES if talk.stage == TalkStage.PLANNED else Verdict(Reason.STAGE_CLOSED)


def may_record(user: Reader, talk: Talk) -> Verdict:
    """Say whether a consultation was held and what came of it: the office, or the Korean side."""
    if not (may_run(user) or talk.home.organisation_id in roles_of(user).verified):
        return Verdict(Reason.NOT_A_SIDE)
    return YES if talk.stage == TalkStage.PLANNED else Verdict(Reason.STAGE_CLOSED)


def may_open(user: Reader, talk: Talk) -> Verdict:
    """Stay in exchange after a consultation that was held: either side, or the office for them."""
    sides = {talk.home.organisation_id, talk.abroad.organisation_id}
    if not (sides & roles_of(user).verified or may_run(user)):
        return Verdict(Reason.NOT_A_SIDE)
    return YES if talk.stage == TalkStage.HELD else Verdict(Reason.STAGE_CLOSED)


def may_read_messages(user: Reader, contact: Contact) -> Verdict:
    """Read what the two write to each other: their people alone, and who runs exchange."""
    is_side = {contact.home_id, contact.abroad_id} & roles_of(user).organisations
    return YES if is_side or may_run(user) else Verdict(Reason.NOT_A_SIDE)


def may_write(user: Reader, contact: Contact) -> Verdict:
    """Write to the other side, or close the exchange: people of the two."""
    if not {contact.home_id, contact.abroad_id} & roles_of(user).verified:
        return Verdict(Reason.NOT_A_SIDE)
    return Verdict(Reason.STAGE_CLOSED) if contact.closed_at else YES


def may_ask(user: Reader, organisation: Organisation) -> Verdict:
    """Ask the office for support of negotiations or a check of a buyer."""
    is_own = organisation.pk in roles_of(user).verified
    return YES if is_own else Verdict(Reason.ORGANISATION_NOT_VERIFIED)


def may_take(user: Reader, request: HelpRequest) -> Verdict:
    """Take a request on, also from a colleague who had taken it."""
    if not may_run(user):
        return Verdict(Reason.NOT_A_RUNNER)
    is_open = request.stage != RequestStage.REPORTED
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def may_report(user: Reader, request: HelpRequest) -> Verdict:
    """Report on a request: whoever took it on."""
    if request.stage != RequestStage.TAKEN:
        return Verdict(Reason.STAGE_CLOSED)
    is_owner = bool(may_run(user)) and request.owner_id == user.pk
    return YES if is_owner else Verdict(Reason.NOT_THE_OWNER)


def may_enter_accord(user: Reader, home: Organisation, abroad: Organisation) -> Verdict:
    """Enter a memorandum or contract: either side, or the office."""
    is_side = {home.pk, abroad.pk} & roles_of(user).verified
    return YES if is_side or may_run(user) else Verdict(Reason.NOT_A_SIDE)


def may_follow(user: Reader, accord: Accord) -> Verdict:
    """Say what became of it: either side, or the office."""
    is_side = {accord.home_id, accord.abroad_id} & roles_of(user).verified
    return YES if is_side or may_run(user) else Verdict(Reason.NOT_A_SIDE)
