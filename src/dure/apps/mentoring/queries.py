"""Who reads which profile, firm and pair; who stands on which side; what waits."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum

from dure.apps.mentoring.kinds import Part, Side, rules
from dure.apps.mentoring.models import Case, Goal, Pair, Profile, Review, Rival, Session
from dure.apps.mentoring.roles import LOOKING_AFTER, READERS
from dure.apps.mentoring.stages import OPEN, TIED, PairStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, holders_of, people_of, roles_of
from dure.apps.people.roles import Role
from dure.apps.support.queries import requests_ever


def profiles_visible_to(user: Reader) -> QuerySet[Profile]:
    """All for coordinators and those who read everything; for firms their own."""
    profiles = Profile.objects.select_related("organisation", "updated_by")
    roles = roles_of(user)
    if roles.holds(LOOKING_AFTER) or roles.holds(READERS):
        return profiles
    return profiles.filter(organisation__in=roles.organisations)


def cases_visible_to(user: Reader) -> QuerySet[Case]:
    """A coordinator's own and those that nobody looks after; a firm's own; all for readers of all."""
    cases = Case.objects.select_related("organisation", "coordinator", "asked_by")
    roles = roles_of(user)
    if roles.holds(READERS):
        return cases
    seen = Q(organisation__in=roles.organisations)
    if roles.holds([Role.COORDINATOR]):
        seen |= Q(coordinator=user.pk) | Q(coordinator=None, closed_at=None)
    return cases.filter(seen)


def pairs_visible_to(user: Reader) -> QuerySet[Pair]:
    """Those of one's firm, those that one looks after, and all for readers of all."""
    pairs = Pair.objects.select_related("mentor", "mentee", "person", "case__coordinator").annotate(
        held=Count("sessions", distinct=True), last_on=Max("sessions__on")
    )
    roles = roles_of(user)
    if roles.holds(READERS):
        return pairs
    seen = Q(mentor__in=roles.organisations) | Q(mentee__in=roles.organisations)
    if roles.holds([Role.COORDINATOR]):
        seen |= Q(case__coordinator=user.pk)
    return pairs.filter(seen)


def rivals_visible_to(user: Reader) -> QuerySet[Rival]:
    """Whom one's own firm named; all for those who pair firms."""
    rivals = Rival.objects.select_related("organisation", "rival")
    roles = roles_of(user)
    if roles.holds(LOOKING_AFTER):
        return rivals
    return rivals.filter(organisation__in=roles.organisations)


def side_of(user: Reader, pair: Pair) -> Side | None:
    """On which side somebody speaks; the office speaks as the coordinator."""
    roles = roles_of(user)
    if pair.mentor_id in roles.organisations:
        return Side.MENTOR
    if pair.mentee_id in roles.organisations:
        return Side.MENTEE
    return Side.COORDINATOR if looks_after(user, pair.case) else None


def looks_after(user: Reader, case: Case) -> bool:
    """True for the coordinator of a firm, and for the office."""
    roles = roles_of(user)
    is_own = user.is_authenticated and case.coordinator_id == user.pk
    return (is_own and roles.holds(LOOKING_AFTER)) or roles.is_officer


def speakers_of(pair: Pair, side: Side) -> QuerySet[User]:
    """The people of the firm on a side."""
    return people_of(pair.firm_of(side))


def own_profile(organisation: Organisation) -> Profile | None:
    """The profile of a firm."""
    return Profile.objects.filter(organisation=organisation).first()


def open_case_of(organisation: Organisation) -> Case | None:
    """The case of a firm that looks for a mentor."""
    return Case.objects.filter(organisation=organisation, closed_at=None).first()


def open_cases_of(coordinator: User) -> QuerySet[Case]:
    """The firms that somebody looks after."""
    return Case.objects.filter(coordinator=coordinator, closed_at=None)


def coordinators() -> QuerySet[User]:
    """Who may look after firms, with the number of firms that they have."""
    held = Count("mentoring_cases", filter=Q(mentoring_cases__closed_at=None), distinct=True)
    return holders_of(*LOOKING_AFTER).annotate(caseload=held).order_by("name", "pk")


def cases_to_take() -> QuerySet[Case]:
    """Firms that nobody looks after, the oldest first."""
    waiting = Case.objects.filter(coordinator=None, closed_at=None).select_related("organisation")
    return waiting.order_by("asked_at", "pk")


def cases_without_mentor(user: Reader) -> QuerySet[Case]:
    """One's own firms to which nobody is proposed just now."""
    paired = Pair.objects.filter(case=OuterRef("pk"), stage__in=OPEN)
    mine = Case.objects.filter(coordinator=user.pk, closed_at=None).exclude(Exists(paired))
    return mine.select_related("organisation").order_by("taken_at", "pk")


def is_busy(mentor: Organisation, most: int) -> bool:
    """True for a firm that mentors, or is asked by, as many as it can."""
    return Pair.objects.filter(mentor=mentor, stage__in=OPEN).count() >= most


def mentors_for(case: Case) -> QuerySet[Profile]:
    """Profiles that could be proposed: open, with room, never proposed to the firm before."""
    known = Pair.objects.filter(mentee=case.organisation_id).values("mentor")
    running = Count("organisation__mentors_in", filter=Q(organisation__mentors_in__stage__in=OPEN))
    profiles = Profile.objects.filter(is_open=True, organisation__is_opted_out=False)
    profiles = profiles.exclude(teaches="").exclude(organisation=case.organisation_id)
    profiles = profiles.exclude(organisation__in=known).annotate(running=running)
    return profiles.filter(running__lt=F("most")).select_related("organisation")


def rivals_of(organisations: Collection[int]) -> QuerySet[Rival]:
    """Who named whom a rival, of these firms."""
    ids = list(organisations)
    return Rival.objects.filter(Q(organisation__in=ids) | Q(rival__in=ids)).order_by("pk")


def disputes_of(organisation: Organisation) -> list[tuple[int, int, datetime, datetime | None]]:
    """Firm, other side, and when each began and ended, of the disputes of a firm that the platform handles."""
    concerned = Q(organisation=organisation) | Q(counterpart=organisation)
    handled = requests_ever().filter(concerned, counterpart__isnull=False).order_by("pk")
    return [
        (dispute.organisation_id, dispute.counterpart_id, dispute.asked_at, dispute.closed_at)
        for dispute in handled
        if dispute.file.theme == "dispute"
    ]


def pairs_with(people: Collection[int], organisations: Collection[int]) -> QuerySet[Pair]:
    """Pairs in which both had said yes, of these people and firms."""
    concerned = Q(mentor__in=organisations) | Q(mentee__in=organisations)
    concerned |= Q(person__in=people) | Q(case__coordinator__in=people)
    return Pair.objects.filter(concerned, stage__in=TIED).select_related("case").order_by("pk")


def pairs_of(user: Reader) -> QuerySet[Pair]:
    """Pairs of one's own firms."""
    own = roles_of(user).organisations
    pairs = Pair.objects.filter(Q(mentor__in=own) | Q(mentee__in=own))
    return pairs.select_related("mentor", "mentee", "case")


def pairs_to_answer(user: Reader) -> QuerySet[Pair]:
    """Proposals to which one's firm has said nothing."""
    own = roles_of(user).organisations
    silent = Q(mentor__in=own, mentor_said_at=None) | Q(mentee__in=own, mentee_said_at=None)
    return pairs_of(user).filter(silent, stage=PairStage.PROPOSED).order_by("proposed_at", "pk")


def pairs_to_agree(user: Reader) -> QuerySet[Pair]:
    """Pairs whose goals one's firm has to write or to confirm."""
    own = roles_of(user).organisations
    silent = Q(mentor__in=own, mentor_confirmed_at=None)
    silent |= Q(mentee__in=own, mentee_confirmed_at=None)
    return pairs_of(user).filter(silent, stage=PairStage.AGREEING).order_by("proposed_at", "pk")


def part_due(pair: Pair, on: date) -> Part | None:
    """Which review is due on a day: the first from the middle of the term on, the last at its end."""
    if pair.stage != PairStage.RUNNING or pair.starts_on is None or pair.ends_on is None:
        return None
    if on >= pair.ends_on:
        return Part.END
    middle = pair.starts_on + (pair.ends_on - pair.starts_on) / 2
    return Part.MIDWAY if on >= middle else None


def has_reviewed(pair: Pair, part: Part, side: Side) -> bool:
    """True once a side has written a review."""
    return Review.objects.filter(pair=pair, part=part, side=side).exists()


def reviews_of(pair: Pair, side: Side | None) -> list[Review]:
    """What a reader on a side may read: its own, and the other's once both are written."""
    written = list(pair.reviews.select_related("by"))
    both = {part for part in Part if {r.side for r in written if r.part == part} >= _FIRMS}
    if side not in _FIRMS:
        return written
    return [review for review in written if review.part in both or review.side == side]


_FIRMS = {Side.MENTOR, Side.MENTEE}


def pairs_to_review(user: Reader, on: date) -> QuerySet[Pair]:
    """Pairs that one's firm has still to review on a day."""
    running = pairs_of(user).filter(stage=PairStage.RUNNING, starts_on__lte=on)
    own = roles_of(user).organisations
    due = [
        pair.pk
        for pair in running
        if (part := part_due(pair, on))
        and not has_reviewed(pair, part, Side.MENTOR if pair.mentor_id in own else Side.MENTEE)
    ]
    return running.filter(pk__in=due).order_by("ends_on", "pk")


def quiet_pairs(on: date) -> QuerySet[Pair]:
    """Running pairs without a session for as long as the rules say."""
    since = on - timedelta(days=rules().limits.quiet_days)
    running = Pair.objects.filter(stage=PairStage.RUNNING, starts_on__lte=since)
    heard = Session.objects.filter(pair=OuterRef("pk"), on__gt=since)
    return running.exclude(Exists(heard)).select_related("mentor", "mentee", "case__coordinator")


def quiet_of(user: Reader, on: date) -> QuerySet[Pair]:
    """Of the pairs that one looks after those that have gone quiet."""
    return quiet_pairs(on).filter(case__coordinator=user.pk).order_by("starts_on", "pk")


def running_pairs() -> QuerySet[Pair]:
    """Everything under way, for the daily look."""
    return Pair.objects.filter(stage=PairStage.RUNNING).order_by("pk")


def pairs_ever() -> QuerySet[Pair]:
    """Every pair there was: for figures, not for pages."""
    return Pair.objects.order_by("pk")


def figures() -> dict[str, object]:
    """Counts over all pairs: by stage, sessions, minutes, goals, scores of end reviews, cases."""
    stages = Pair.objects.order_by().values_list("stage").annotate(number=Count("pk"))
    sessions = Session.objects.aggregate(number=Count("pk"), minutes=Sum("minutes"))
    judged = Goal.objects.filter(is_reached__isnull=False)
    scores = Review.objects.filter(part=Part.END).order_by().values("side")
    return {
        "stages": dict(stages),
        "sessions": sessions["number"],
        "minutes": sessions["minutes"] or 0,
        "goals": judged.count(),
        "reached": judged.filter(is_reached=True).count(),
        "scores": {
            row["side"]: (row["number"], row["mean"])
            for row in scores.annotate(number=Count("pk"), mean=Avg("score"))
        },
        "waiting": cases_to_take().count(),
    }
