"""Which suggestions somebody sees, and which pairs must never be one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Now, RowNumber, TruncDate

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import (
    needs_visible_to,
    offered_technologies,
    open_needs,
    technologies_visible_to,
)
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.queries import unfinished_jobs
from dure.apps.matches.models import (
    LIKELY,
    Answer,
    AnswerKind,
    Bar,
    Direction,
    LastLook,
    Side,
    Strength,
    Suggestion,
    ToldMatch,
)
from dure.apps.matches.roles import READERS
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, roles_of

MATCHING_JOBS = ("match_all", "match_changed")
Pair = tuple[int, int]


BY_STRENGTH = Case(
    *(When(strength=strength, then=place) for place, strength in enumerate(Strength))
)
"""The strongest first. Ranks and scores order what was found for one entry, and no more."""


def sees_matches_of(user: Reader, entry: Need | Technology) -> bool:
    """True for those who may see what was suggested for an entry: its own people and `roles.READERS`."""
    roles = roles_of(user)
    return roles.holds(READERS) or entry.organisation_id in roles.organisations


def suggestions_for_need(need: Need, user: Reader) -> QuerySet[Suggestion]:
    """The technologies suggested for a need, best first; for whom `sees_matches_of` names."""
    if not sees_matches_of(user, need):
        return Suggestion.objects.none()
    return _with_answers(
        Suggestion.objects.filter(
            need=need,
            direction=Direction.FOR_NEED,
            technology__in=offered_technologies() & technologies_visible_to(user),
        ).select_related("need__organisation", "technology__organisation")
    ).order_by(BY_STRENGTH, "rank", "pk")


def suggestions_for_technology(technology: Technology, user: Reader) -> QuerySet[Suggestion]:
    """The needs suggested for a technology, best first; for whom `sees_matches_of` names."""
    if not sees_matches_of(user, technology):
        return Suggestion.objects.none()
    return _with_answers(
        Suggestion.objects.filter(
            technology=technology,
            direction=Direction.FOR_TECHNOLOGY,
            need__in=open_needs() & needs_visible_to(user),
        ).select_related("need__organisation", "technology__organisation")
    ).order_by(BY_STRENGTH, "rank", "pk")


def suggestions_for_user(user: Reader) -> QuerySet[Suggestion]:
    """What `user` should answer: likely matches of own needs and technologies, unanswered."""
    return own_suggestions(user).filter(own_answer__isnull=True, strength__in=LIKELY)


def untold_suggestions(user: User) -> QuerySet[Suggestion]:
    """What waits for an answer and was neither seen nor told yet."""
    already_told = ToldMatch.objects.filter(
        user=user, need=OuterRef("need"), technology=OuterRef("technology")
    )
    waiting = suggestions_for_user(user).exclude(Exists(already_told))
    look = last_look_of(user)
    return waiting.filter(first_created_at__gt=look.at) if look else waiting


def own_suggestions(user: Reader) -> QuerySet[Suggestion]:
    """Suggestions for the needs and technologies of one's organisations, answered or not.

    Beside the answers each says `own_id`, which need or technology of one's own it is for, and
    `own_answer`, the code of what one's own side answered, or None.
    """
    for_needs = own_suggestions_in(user, Direction.FOR_NEED).values("pk")
    for_technologies = own_suggestions_in(user, Direction.FOR_TECHNOLOGY).values("pk")
    is_for_need = Q(direction=Direction.FOR_NEED)
    return (
        _with_answers(Suggestion.objects.filter(pk__in=for_needs.union(for_technologies, all=True)))
        .annotate(
            own_id=Case(When(is_for_need, then=F("need_id")), default=F("technology_id")),
            own_answer=Case(When(is_for_need, then=F("demand_answer")), default=F("supply_answer")),
        )
        .select_related("need__organisation", "technology__organisation")
        .annotate(by_strength=BY_STRENGTH)
        .order_by("by_strength", "rank", "-score", "pk")
    )


def own_suggestions_in(user: Reader, direction: Direction) -> QuerySet[Suggestion]:
    """Those of one direction, as plain rows.

    The directions are never joined by «or»: so PostgreSQL starts from one's own few entries.
    """
    own = list(roles_of(user).organisations)
    suggestions = Suggestion.objects.filter(direction=direction)
    if direction == Direction.FOR_NEED:
        return suggestions.filter(
            need__organisation__in=own,
            need__in=open_needs(),
            technology__in=offered_technologies() & technologies_visible_to(user),
        )
    return suggestions.filter(
        technology__organisation__in=own,
        technology__in=offered_technologies(),
        need__in=open_needs() & needs_visible_to(user),
    )


def by_own_entry(
    suggestions: QuerySet[Suggestion], since: datetime | None
) -> QuerySet[Suggestion, dict[str, Any]]:
    """How many of one's own suggestions belong to which need or technology.

    Rows of `direction`, `own_id`, `count` and `fresh`, the number first made after `since`; those
    with new ones first, and of them those with the strongest.
    """
    newer = Q(first_created_at__gt=since) if since else Q()
    return (
        suggestions.order_by()
        .values("direction", "own_id")
        .annotate(count=Count("pk"), fresh=Count("pk", filter=newer), best=Min("by_strength"))
        .annotate(has_fresh=Q(fresh__gt=0))
        .order_by("-has_fresh", "best", "-fresh", "direction", "own_id")
    )


def best_of_each(
    suggestions: QuerySet[Suggestion], rows: Iterable[dict[str, Any]], count: int
) -> QuerySet[Suggestion]:
    """The best `count` of one's own suggestions for each of some rows of `by_own_entry`."""
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(direction=row["direction"], own_id=row["own_id"])
    place = Window(
        RowNumber(), partition_by=["direction", "own_id"], order_by=["rank", "-score", "pk"]
    )
    return suggestions.filter(wanted).annotate(place=place).filter(place__lte=count)


def answers_to(suggestions: Iterable[Suggestion]) -> dict[Pair, dict[str, Answer]]:
    """The answers to the pairs of some suggestions, by (need, technology), then by side.

    For those who already hold the suggestions; what the other side said is not for every eye.
    """
    pairs = {(suggestion.need_id, suggestion.technology_id) for suggestion in suggestions}
    by_pair: dict[Pair, dict[str, Answer]] = {pair: {} for pair in pairs}
    answers = Answer.objects.filter(
        need__in={need for need, _ in pairs}, technology__in={tech for _, tech in pairs}
    ).select_related("answered_by")
    for answer in answers:
        if (answer.need_id, answer.technology_id) in by_pair:
            by_pair[answer.need_id, answer.technology_id][answer.side] = answer
    return by_pair


def mutual_interest_visible_to(user: Reader) -> QuerySet[Answer]:
    """Pairs that both sides want and nobody has introduced yet, oldest first; for officers.

    Each is the demand organisation's answer; `need` and `technology` are on it.
    """
    if not roles_of(user).is_officer:
        return Answer.objects.none()
    same_pair = Answer.objects.filter(need=OuterRef("need"), technology=OuterRef("technology"))
    return (
        Answer.objects.filter(side=Side.DEMAND, kind=AnswerKind.INTERESTED)
        .filter(Exists(same_pair.filter(side=Side.SUPPLY, kind=AnswerKind.INTERESTED)))
        .exclude(Exists(same_pair.filter(kind=AnswerKind.INTRODUCED)))
        .filter(need__in=open_needs(), technology__in=offered_technologies())
        .exclude(
            MatchExclusion(TruncDate(Now())).between(
                "need__organisation", "technology__organisation"
            )
        )
        .select_related("need__organisation", "technology__organisation")
        .order_by("answered_at", "pk")
    )


def introduced_of(user: Reader, answers: Sequence[int]) -> QuerySet[Answer]:
    """Those of some answers whose pairs have been introduced meanwhile; for officers."""
    if not roles_of(user).is_officer:
        return Answer.objects.none()
    introduced = Answer.objects.filter(
        need=OuterRef("need"), technology=OuterRef("technology"), kind=AnswerKind.INTRODUCED
    )
    return (
        Answer.objects.filter(Exists(introduced), pk__in=answers)
        .select_related("need__organisation", "technology__organisation")
        .order_by("pk")
    )


def answers_visible_to(user: Reader) -> QuerySet[Answer]:
    """All answers for `roles.READERS`; for others those of their own side, on what they may still see."""
    roles = roles_of(user)
    answers = Answer.objects.select_related(
        "need__organisation", "technology__organisation", "answered_by"
    ).order_by("-answered_at", "-pk")
    if roles.holds(READERS):
        return answers
    return answers.filter(
        Q(side=Side.DEMAND, need__organisation__in=roles.organisations)
        | Q(side=Side.SUPPLY, technology__organisation__in=roles.organisations),
        need__in=needs_visible_to(user),
        technology__in=technologies_visible_to(user),
    )


def bars_visible_to(user: Reader) -> QuerySet[Bar]:
    """All bars, also those that have run out, for `roles.READERS`; nobody else learns of them."""
    if not roles_of(user).holds(READERS):
        return Bar.objects.none()
    return Bar.objects.select_related("organisation", "other", "created_by").order_by("-pk")


def barred_names(user: Reader) -> QuerySet[Organisation]:
    """Organisations that may be named in a bar, by name; for officers only."""
    if not roles_of(user).is_officer:
        return Organisation.objects.none()
    return Organisation.objects.order_by("name", "pk")


def answers_by_rank(user: Reader, top: int) -> list[dict[str, int]]:
    """What the two sides answered to what stood at rank 1 to `top`; for `roles.READERS` only.

    Rows of `rank`, `suggested` (how many stand at that rank today) and the number of answers of
    each kind (`INTERESTED`, `NOT_FOR_US`) given when it stood there.
    """
    if not roles_of(user).holds(READERS):
        return []
    suggested = dict(
        Suggestion.objects.filter(rank__lte=top).values_list("rank").annotate(Count("pk"))
    )
    answered: dict[tuple[int, str], int] = {
        (rank, kind): count
        for rank, kind, count in Answer.objects.filter(rank_seen__lte=top)
        .exclude(side=Side.OFFICE)
        .values_list("rank_seen", "kind")
        .annotate(Count("pk"))
    }
    kinds = (AnswerKind.INTERESTED, AnswerKind.NOT_FOR_US)
    return [
        {"rank": rank, "suggested": suggested.get(rank, 0)}
        | {kind.value: answered.get((rank, kind), 0) for kind in kinds}
        for rank in range(1, top + 1)
    ]


def counts_of_answers(user: Reader, by: Sequence[str]) -> dict[tuple[str, ...], int]:
    """How many answers there are for each combination of the fields `by`; for `roles.READERS` only."""
    if not roles_of(user).holds(READERS):
        return {}
    rows = Answer.objects.order_by().values_list(*by).annotate(Count("pk"))
    return {tuple(row[:-1]): row[-1] for row in rows}


def running_matching() -> Job | None:
    """The matching job that waits or runs, if any; the full one first."""
    for kind in MATCHING_JOBS:
        if job := unfinished_jobs(kind).order_by("requested_at").first():
            return job
    return None


def last_matched_at() -> datetime | None:
    """When matching last ended well."""
    return (
        Job.objects.filter(kind__in=MATCHING_JOBS, stage=JobStage.DONE)
        .order_by("-ended_at")
        .values_list("ended_at", flat=True)
        .first()
    )


def last_look_of(user: User) -> LastLook | None:
    """When `user` last looked at new matches, if ever."""
    return LastLook.objects.filter(user=user).first()


def sides_of(user: Reader, need: Need, technology: Technology) -> list[Side]:
    """For which sides of a pair `user` speaks: none, one, or several for a person of both firms."""
    roles = roles_of(user)
    speaks = {
        Side.DEMAND: need.organisation_id in roles.organisations,
        Side.SUPPLY: technology.organisation_id in roles.organisations,
        Side.OFFICE: roles.is_officer,
    }
    return [side for side, is_theirs in speaks.items() if is_theirs]


class MatchExclusion:
    """Which organisations must not be matched with which: same, same group, or barred.

    Read once for a whole job; says nothing about scores, on purpose.
    """

    def __init__(self, on: date | TruncDate) -> None:
        self._groups: dict[int, frozenset[int]] = {}
        groups: dict[int, set[int]] = {}
        for pk, group in Organisation.objects.filter(group__isnull=False).values_list(
            "pk", "group"
        ):
            groups.setdefault(group, set()).add(pk)
        for members in groups.values():
            for pk in members:
                self._groups[pk] = frozenset(members)
        self._alone: set[int] = set()
        self._barred: dict[int, set[int]] = {}
        for barred, other in _bars(on).values_list("organisation", "other"):
            if other is None:
                self._alone.add(barred)
            else:
                self._barred.setdefault(barred, set()).add(other)
                self._barred.setdefault(other, set()).add(barred)

    def partners(self, organisation: int) -> frozenset[int]:
        """The organisations that must never be suggested to this one."""
        family = self._groups.get(organisation, frozenset())
        return frozenset(
            {organisation} | family | self._barred.get(organisation, set()) | self._alone
        )

    def is_alone(self, organisation: int) -> bool:
        """True when this one must not be matched with anybody."""
        return organisation in self._alone

    def pair(self, organisation: int, other: int) -> bool:
        """True when these two must not be matched."""
        return self.is_alone(organisation) or other in self.partners(organisation)

    def between(self, first: str, other: str) -> Q:
        """The rows of a query in which the organisations at two paths must not be matched."""
        of_groups = {f"{first}__group__isnull": False, f"{other}__group__isnull": False}
        bars = Q(**{first: F(other)}) | Q(**of_groups, **{f"{first}__group": F(f"{other}__group")})
        bars |= Q(**{f"{first}__in": self._alone}) | Q(**{f"{other}__in": self._alone})
        for organisation, barred in self._barred.items():
            bars |= Q(**{first: organisation, f"{other}__in": barred})
        return bars


def _bars(on: date | TruncDate) -> QuerySet[Bar]:
    return Bar.objects.filter(Q(until__isnull=True) | Q(until__gte=on))


def _answers_of(side: Side) -> QuerySet[Answer]:
    return Answer.objects.filter(
        need=OuterRef("need"), technology=OuterRef("technology"), side=side
    )


def _with_answers(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Add `demand_answer`, `supply_answer` and `office_answer` (codes or None) to each."""
    return suggestions.defer("need__search", "technology__search").annotate(
        demand_answer=Subquery(_answers_of(Side.DEMAND).values("kind")[:1]),
        supply_answer=Subquery(_answers_of(Side.SUPPLY).values("kind")[:1]),
        office_answer=Subquery(_answers_of(Side.OFFICE).values("kind")[:1]),
    )


def needs_without_match() -> QuerySet[Need]:
    """Open needs for which nothing was found that is likely right, nor anything introduced."""
    suggestions = Suggestion.objects.filter(
        need=OuterRef("pk"), direction=Direction.FOR_NEED, strength__in=LIKELY
    )
    introduced = Answer.objects.filter(need=OuterRef("pk"), kind=AnswerKind.INTRODUCED)
    return open_needs().exclude(Exists(suggestions)).exclude(Exists(introduced))


def interests() -> dict[tuple[int, int, str], Answer]:
    """The answers that say «interested», by (need, technology, side), for who asks further."""
    answers = Answer.objects.filter(kind=AnswerKind.INTERESTED).exclude(side=Side.OFFICE)
    return {(answer.need_id, answer.technology_id, answer.side): answer for answer in answers}


def labels() -> Iterable[tuple[int, int, str, str]]:
    """Every answer as (need, technology, side, kind): what people taught the matching."""
    return Answer.objects.order_by("pk").values_list("need", "technology", "side", "kind")
