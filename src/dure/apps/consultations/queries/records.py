"""What came of meetings, who sees to the next step, and the agreements between the two sides."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.consultations.roles import READERS
from dure.apps.fairs.models import Meeting, Pair
from dure.apps.fairs.queries import fairs_on_duty, with_details
from dure.apps.fairs.stages import FairStage, TimetableStage
from dure.apps.ndas.models import Nda
from dure.apps.ndas.queries import ndas_visible_to
from dure.apps.people.models import MembershipStage, User
from dure.apps.people.queries import Reader, standing_of
from dure.apps.people.roles import Role


def records_visible_to(user: Reader) -> QuerySet[ConsultationRecord]:
    """What came of meetings: all for staff, of its fair for the desk, one's own for both sides."""
    standing = standing_of(user)
    records = ConsultationRecord.objects.select_related(
        "pair__fair",
        "pair__demand__organisation",
        "pair__supply__organisation",
        "meeting__slot",
        "meeting__table__hall",
        "owner",
        "recorded_by",
    ).order_by("-recorded_at", "-pk")
    if standing.holds(READERS):
        return records
    own = list(standing.organisations)
    return records.filter(
        Q(pair__demand__organisation__in=own)
        | Q(pair__supply__organisation__in=own)
        | Q(pair__fair__in=fairs_on_duty(user))
    )


def ndas_between(pairs: Iterable[Pair], user: Reader) -> dict[int, Nda]:
    """The newest non-disclosure agreement between the two sides of each pair, by pair; those that
    `user` may see.
    """
    sides = {
        pair.pk: frozenset({pair.demand.organisation_id, pair.supply.organisation_id})
        for pair in pairs
    }
    everybody = {organisation for both in sides.values() for organisation in both}
    ndas = ndas_visible_to(user).filter(giver__in=everybody, taker__in=everybody)
    newest = {frozenset({nda.giver_id, nda.taker_id}): nda for nda in reversed(ndas)}
    return {pk: newest[both] for pk, both in sides.items() if both in newest}


def entry_to_protect(user: Reader, pair: Pair) -> Need | Technology | None:
    """What the other side of a meeting brought, when `user` signs for one of the sides."""
    managed = standing_of(user).managed
    found: QuerySet[Need] | QuerySet[Technology]
    if pair.demand.organisation_id in managed:
        found = technologies_visible_to(user).filter(pk=pair.technology_id)
    elif pair.supply.organisation_id in managed:
        found = needs_visible_to(user).filter(pk=pair.need_id)
    else:
        return None
    return found.first()


def tasks_of(user: Reader) -> QuerySet[ConsultationRecord]:
    """The next steps that `user` still has to see to, the most urgent first."""
    if not user.is_authenticated:
        return ConsultationRecord.objects.none()
    return (
        records_visible_to(user).filter(owner=user, done_at__isnull=True).order_by("due_on", "pk")
    )


def may_own_task(pair: Pair, person: User) -> bool:
    """True for those who can see to the step after a meeting of this pair."""
    return owners_for(pair).filter(pk=person.pk).exists()


def owners_for(pair: Pair) -> QuerySet[User]:
    """Who can see to the step after a meeting: the people of both sides, and the officers."""
    ours = {pair.demand.organisation_id, pair.supply.organisation_id}
    return (
        User.objects.filter(
            Q(
                memberships__stage=MembershipStage.ACTIVE,
                memberships__organisation__in=ours,
            )
            | Q(appointments__role=Role.OFFICER),
            is_active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )


def done_tasks_of(user: Reader, most: int = 20) -> list[ConsultationRecord]:
    """The steps that one has seen to, the newest first."""
    if not user.is_authenticated:
        return []
    done = records_visible_to(user).filter(owner=user, done_at__isnull=False)
    return list(done.order_by("-done_at", "-pk")[:most])


def to_record(user: Reader, at: datetime, most: int = 20) -> list[Meeting]:
    """The meetings of one's own organisations that are over and of which nobody wrote a record."""
    own = list(standing_of(user).organisations)
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
    return list(newest[:most])


def meeting_of(pair: Pair) -> Meeting | None:
    """The released meeting of a pair; one that was given free only when there is no other.

    Ask for the reader's right to the pair before.
    """
    return (
        pair.meetings.filter(timetable__stage=TimetableStage.RELEASED)
        .select_related("slot", "table__hall")
        .order_by(F("freed_at").desc(nulls_first=True), "-pk")
        .first()
    )
