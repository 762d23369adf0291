"""Who may do what with fairs."""

from datetime import datetime

from dure.apps.fairs.models import Fair, Registration, Side, Timetable
from dure.apps.fairs.queries import has_desk_duty
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.roles import READERS
from dure.apps.fairs.stages import (
    FAIR_NEXT,
    FAIR_OVER,
    FAIR_PLANNED,
    FAIR_SET_UP,
    REGISTRATION_LIVE,
    REGISTRATION_NEXT,
    TIMETABLE_NEXT,
    FairStage,
    RegistrationStage,
    TimetableStage,
)
from dure.apps.people.models import Organisation
from dure.apps.people.permissions import has_role
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_run_fairs(user: Reader) -> Verdict:
    """Do what the programme office does with fairs; each step asks for its own right too."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_read_inside(user: Reader) -> Verdict:
    """Read fairs as their organisers do: all registrations, wishes and versions of a timetable."""
    return has_role(user, READERS)


def may_read_registration(user: Reader, registration: Registration) -> Verdict:
    """Read who comes for an organisation, when, and whom it would meet: its people, and by role."""
    if registration.organisation_id in roles_of(user).organisations:
        return YES
    return may_read_inside(user)


def may_set_up(user: Reader, fair: Fair | None = None) -> Verdict:
    """Make a fair, or change one: its words, days, slots, halls, tables, briefings."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    return YES if fair is None or fair.stage in FAIR_SET_UP else Verdict(Reason.STAGE_CLOSED)


def may_move(user: Reader, fair: Fair, stage: str) -> Verdict:
    """Move a fair to another stage of its life."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    return YES if stage in FAIR_NEXT[FairStage(fair.stage)] else Verdict(Reason.STAGE_CLOSED)


def may_register(user: Reader, fair: Fair, organisation: Organisation, at: datetime) -> Verdict:
    """Register an organisation: its people while registration is open, officers until the end."""
    roles = roles_of(user)
    if not (roles.is_officer or organisation.pk in roles.organisations):
        return Verdict(Reason.NOT_YOUR_ORGANISATION)
    if organisation.verified_at is None:
        return Verdict(Reason.ORGANISATION_NOT_VERIFIED)
    if fair.stage in FAIR_OVER:
        return Verdict(Reason.STAGE_CLOSED)
    if roles.is_officer:
        return YES
    return open_in(fair, (FairStage.REGISTRATION,), fair.registration_until, at)


def may_answer(user: Reader, registration: Registration, stage: str) -> Verdict:
    """Approve or refuse a registration."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    is_next = stage in REGISTRATION_NEXT[RegistrationStage(registration.stage)]
    if not is_next or registration.fair.stage in FAIR_OVER:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_withdraw(user: Reader, registration: Registration) -> Verdict:
    """Say that an organisation does not come after all; until the last minute.

    Once the timetable is being made others count on it: then a manager says so, not any member.
    """
    if not (verdict := _may_touch(user, registration)):
        return verdict
    roles = roles_of(user)
    is_early = registration.fair.stage in (FairStage.REGISTRATION, FairStage.WISHES)
    if is_early or roles.is_officer or registration.organisation_id in roles.managed:
        return YES
    return Verdict(Reason.MANAGERS_WITHDRAW)


def _may_touch(user: Reader, registration: Registration) -> Verdict:
    if not speaks_for(user, registration):
        return Verdict(Reason.NOT_YOUR_REGISTRATION)
    if registration.stage not in REGISTRATION_LIVE or registration.fair.stage in FAIR_OVER:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_edit_registration(user: Reader, registration: Registration) -> Verdict:
    """Change who comes and when: the organisation until the timetable is planned, then officers."""
    verdict = _may_touch(user, registration)
    if not verdict or roles_of(user).is_officer:
        return verdict
    is_early = registration.fair.stage in (FairStage.REGISTRATION, FairStage.WISHES)
    return YES if is_early else Verdict(Reason.TOO_LATE)


def may_wish(user: Reader, registration: Registration, at: datetime) -> Verdict:
    """Say for an organisation whom it would meet; officers also while the timetable is planned."""
    fair = registration.fair
    if not speaks_for(user, registration):
        return Verdict(Reason.NOT_YOUR_REGISTRATION)
    if registration.stage != RegistrationStage.APPROVED:
        return Verdict(Reason.NOT_APPROVED)
    if roles_of(user).is_officer:
        return open_in(fair, (FairStage.WISHES, *FAIR_PLANNED), None, at)
    return open_in(fair, (FairStage.WISHES,), fair.wishes_until, at)


def may_propose(user: Reader, fair: Fair) -> Verdict:
    """Propose wishes from the matches."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    stages = (FairStage.REGISTRATION, FairStage.WISHES, FairStage.PLANNING)
    return YES if fair.stage in stages else Verdict(Reason.STAGE_CLOSED)


def may_plan(user: Reader, fair: Fair) -> Verdict:
    """Make, change and discard a draft of the timetable; move and lock meetings."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    return YES if fair.stage in FAIR_PLANNED else Verdict(Reason.STAGE_CLOSED)


def may_release(user: Reader, timetable: Timetable) -> Verdict:
    """Show a draft to the participants in place of what they saw before."""
    verdict = may_plan(user, timetable.fair)
    if verdict and TimetableStage.RELEASED not in TIMETABLE_NEXT[TimetableStage(timetable.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    return verdict


def may_give_desk_duty(user: Reader, fair: Fair) -> Verdict:
    """Put people at the desk of a fair, or take them from it."""
    if not roles_of(user).is_officer:
        return Verdict(Reason.NOT_AN_OFFICER)
    return Verdict(Reason.STAGE_CLOSED) if fair.stage in FAIR_OVER else YES


def may_see_desk(user: Reader, fair: Fair) -> Verdict:
    """See who comes and what runs; also before and after the day."""
    is_ours = roles_of(user).is_officer or has_desk_duty(user, fair)
    return YES if is_ours else Verdict(Reason.NOT_AT_THE_DESK)


def may_run_desk(user: Reader, fair: Fair) -> Verdict:
    """Check people in, place walk-ins, note no-shows, on the day."""
    return may_see_desk(user, fair) and open_in(fair, (FairStage.HELD,))


def may_import_participants(user: Reader, fair: Fair) -> Verdict:
    """Import participants and their availability from a spreadsheet."""
    return may_set_up(user, fair)


def may_meet(registration: Registration, other: Registration) -> Verdict:
    """Whether two registrations can be a pair at all."""
    if registration.fair_id != other.fair_id:
        return Verdict(Reason.OTHER_FAIR)
    if {registration.side, other.side} != {Side.DEMAND, Side.SUPPLY}:
        return Verdict(Reason.SAME_SIDE)
    is_approved = registration.stage == other.stage == RegistrationStage.APPROVED
    return YES if is_approved else Verdict(Reason.NOT_APPROVED)


def speaks_for(user: Reader, registration: Registration) -> bool:
    """True for officers and the people of the registered organisation."""
    roles = roles_of(user)
    return roles.is_officer or registration.organisation_id in roles.organisations


def open_in(
    fair: Fair,
    stages: tuple[str, ...],
    until: datetime | None = None,
    at: datetime | None = None,
) -> Verdict:
    """Yes while the fair is in one of `stages` and `until` has not passed; else too early or late."""
    if fair.stage not in stages:
        order = list(FairStage)
        is_early = order.index(FairStage(fair.stage)) < order.index(FairStage(stages[0]))
        return Verdict(Reason.NOT_YET if is_early else Reason.STAGE_CLOSED)
    return Verdict(Reason.TOO_LATE) if until and at and at > until else YES
