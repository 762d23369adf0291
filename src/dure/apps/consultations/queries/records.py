"""What came of meetings, who sees to the next step, and the agreements between the two sides."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.consultations.roles import READERS
from dure.apps.fairs.models import Meeting, Pair
from dure.apps.fairs.queries import fairs_on_duty, with_details
from dure.apps.fairs.stages import FairStage, TimetableStage
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.queries import introductions_visible_to
from dure.apps.ndas.models import Nda
from dure.apps.ndas.queries import newest_ndas
from dure.apps.people.models import MembershipStage, User
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import Role


def records_visible_to(user: Reader) -> QuerySet[ConsultationRecord]:
    """What came of meetings: all for staff, of its fair for the desk, one's own for both sides."""
    roles = roles_of(user)
    records = ConsultationRecord.objects.select_related(
        "pair__fair",
        "pair__demand__organisation",
        "pair__supply__organisation",
        "introduction__need__organisation",
        "introduction__technology__organisation",
        "meeting__slot",
        "meeting__table__hall",
        "owner",
        "recorded_by",
    ).order_by("-recorded_at", "-pk")
    if roles.holds(READERS):
        return records
    own = list(roles.organisations)
    return records.filter(
        Q(pair__demand__organisation__in=own)
        | Q(pair__supply__organisation__in=own)
        | Q(pair__fair__in=fairs_on_duty(user))
        | Q(introduction__in=introductions_visible_to(user))
    )


def ndas_between(meetable: Iterable[Pair | Introduction], user: Reader) -> dict[int, Nda]:
    """The newest agreement between the two sides of each, by its id; those that `user` may see."""
    sides = {meeting.pk: frozenset(side.pk for side in meeting.sides) for meeting in meetable}
    return newest_ndas(sides, user)


def tasks_of(user: Reader) -> QuerySet[ConsultationRecord]:
    """The next steps that `user` still has to see to, the most urgent first."""
    if not user.is_authenticated:
        return ConsultationRecord.objects.none()
    return (
        records_visible_to(user).filter(owner=user, done_at__isnull=True).order_by("due_on", "pk")
    )


def may_own_task(of: Pair | Introduction, person: User) -> bool:
    """True for those who can see to the step after a meeting."""
    return owners_for(of).filter(pk=person.pk).exists()


def owners_for(of: Pair | Introduction) -> QuerySet[User]:
    """Who can see to the step after a meeting: the people of both sides, and the officers."""
    return (
        User.objects.filter(
            Q(
                memberships__stage=MembershipStage.ACTIVE,
                memberships__organisation__in=of.sides,
            )
            | Q(appointments__role=Role.OFFICER),
            is_active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )


def done_tasks_of(user: Reader, limit: int = 20) -> list[ConsultationRecord]:
    """The steps that one has seen to, the newest first."""
    if not user.is_authenticated:
        return []
    done = records_visible_to(user).filter(owner=user, done_at__isnull=False)
    return list(done.order_by("-done_at", "-pk")[:limit])


def to_record(user: Reader, at: datetime, limit: int = 20) -> list[Meeting]:
    """The meetings of one's own organisations that are over and of which nobody wrote a record."""
    own = list(roles_of(user).organisations)
    if not own:
        return []
    meetings = with_details(
        Meeting.objects.filter(
            Q(pair__demand__organisation__in=own) | Q(pair__supply__organisation__in=own),
            timetable__stage=TimetableStage.RELEASED,
            timetable__fair__stage__in=(FairStage.HELD, FairStage.CLOSED),
            freed_at__isnull=True,
            slot__starts_at__lte=at,
            pair__record__isnull=True,
        )
    )
    newest = meetings.select_related("timetable").order_by("-slot__starts_at", "table__number")
    return list(newest[:limit])


def meeting_of(of: Pair | Introduction) -> Meeting | None:
    """The released meeting of a pair at a fair; one that was given free only when there is no other.

    None of an introduction, whose meetings are held outside a fair. Ask for the reader's right before.
    """
    if isinstance(of, Introduction):
        return None
    return (
        of.meetings.filter(timetable__stage=TimetableStage.RELEASED)
        .select_related("slot", "table__hall")
        .order_by(F("freed_at").desc(nulls_first=True), "-pk")
        .first()
    )
