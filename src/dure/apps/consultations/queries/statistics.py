"""What came of a fair, counted."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from dure.apps.consultations.models import STEPS, ConsultationRecord, Outcome, WalkIn
from dure.apps.fairs.models import Fair, Meeting, Pair, Registration
from dure.apps.fairs.queries.fairs import fairs_visible_to
from dure.apps.fairs.queries.wishes import wanted_pairs
from dure.apps.fairs.stages import FairStage, TimetableStage
from dure.apps.people.queries import Reader


@dataclass(slots=True)
class Row:
    """One organisation's fair in figures."""

    registration: Registration
    asked: int = 0
    placed: int = 0
    held: int = 0
    no_shows: int = 0
    steps: int = 0


@dataclass(slots=True)
class Statistics:
    """A fair in figures; `chain` counts needs, everything else pairs.

    A request is a pair that somebody asked for; a proposal that nobody answered is none, though
    the timetable may have used it.
    """

    requests: int = 0
    granted: int = 0
    placed: int = 0
    held: int = 0
    unrecorded: int = 0
    no_shows: Counter[str] = field(default_factory=Counter)
    results: Counter[str] = field(default_factory=Counter)
    whys: Counter[str] = field(default_factory=Counter)
    walk_ins: Counter[str] = field(default_factory=Counter)
    done: int = 0
    chain: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def no_show_count(self) -> int:
        """Meetings to which one side or both did not come."""
        return sum(self.no_shows.values())

    @property
    def step_count(self) -> int:
        """Meetings that ended with a next step."""
        return sum(self.results[step] for step in STEPS)


def statistics_of(fair: Fair, at: datetime) -> Statistics:
    """What was asked for, held and agreed at a fair so far; few queries, whatever its size."""
    statistics = Statistics()
    wanted = {pair.pair_id for pair in wanted_pairs(fair) if pair.is_asked}
    released = Meeting.objects.filter(pair=OuterRef("pk"), timetable__stage=TimetableStage.RELEASED)
    registrations = Registration.objects.filter(fair=fair).select_related("organisation")
    rows = {
        registration.pk: Row(registration)
        for registration in registrations.order_by("organisation__name", "pk")
    }
    needs: dict[str, set[int]] = defaultdict(set)
    pairs = Pair.objects.filter(fair=fair).annotate(
        was_placed=Exists(released),
        is_over=Exists(released.filter(freed_at__isnull=True, slot__ends_at__lte=at)),
    )
    for row in pairs.values_list(
        "pk", "demand", "supply", "need", "was_placed", "is_over", "record__outcome",
        "record__no_show", "record__next_step", "record__why", "record__done_at",
    ):  # fmt: skip
        _count(statistics, rows, needs, wanted, row)
    statistics.requests = len(wanted)
    statistics.walk_ins = Counter(
        dict(WalkIn.objects.filter(fair=fair).values_list("stage").annotate(n=Count("pk")))
    )
    links = ("asked", "placed", "held", "step", "done")
    statistics.chain = [len(needs[link]) for link in links]
    statistics.rows = [row for row in rows.values() if row.asked or row.placed or row.held]
    return statistics


def fair_before(fair: Fair, user: Reader) -> Fair | None:
    """The last fair that was held before this one, among those `user` may see."""
    held = fairs_visible_to(user).filter(stage__in=[FairStage.HELD, FairStage.CLOSED])
    return held.exclude(pk=fair.pk).filter(starts_at__lt=fair.starts_at).first()


def chain_of(fair: Fair) -> QuerySet[Pair]:
    """Every pair of a fair that was placed or has a record, for the workbook of the report."""
    released = Meeting.objects.filter(pair=OuterRef("pk"), timetable__stage=TimetableStage.RELEASED)
    recorded = ConsultationRecord.objects.filter(pair=OuterRef("pk"))
    return (
        Pair.objects.filter(Exists(released) | Exists(recorded), fair=fair)
        .select_related(
            "demand__organisation",
            "supply__organisation",
            "need",
            "technology",
            "record__owner",
            "record__meeting__slot",
            "record__meeting__table__hall",
        )
        .defer("need__search", "technology__search")
        .order_by("demand__organisation__name", "supply__organisation__name", "pk")
    )


def released_meetings(fair: Fair) -> dict[int, Meeting]:
    """The released meeting of each pair, by pair; one that holds its place before a freed one."""
    meetings = (
        Meeting.objects.filter(timetable__fair=fair, timetable__stage=TimetableStage.RELEASED)
        .select_related("slot", "table__hall")
        .order_by("-freed_at", "pk")
    )
    released: dict[int, Meeting] = {}
    for meeting in meetings:
        known = released.get(meeting.pair_id)
        if known is None or known.freed_at is not None:
            released[meeting.pair_id] = meeting
    return released


def _count(
    statistics: Statistics,
    rows: dict[int, Row],
    needs: dict[str, set[int]],
    wanted: set[int],
    row: tuple[Any, ...],
) -> None:
    pk, demand, supply, need, was_placed, is_over, outcome, no_show, step, why, done_at = row
    has_step = step in STEPS
    facts = {
        "asked": pk in wanted or was_placed,
        "placed": was_placed,
        "held": outcome == Outcome.KEPT,
        "step": has_step,
        "done": has_step and done_at is not None,
    }
    for link, is_so in facts.items():
        if is_so and need is not None:
            needs[link].add(need)
    for side in (rows[demand], rows[supply]):
        side.asked += pk in wanted
        side.placed += was_placed
        side.held += facts["held"]
        side.steps += has_step
    statistics.placed += was_placed
    statistics.granted += was_placed and pk in wanted
    statistics.held += facts["held"]
    statistics.done += facts["done"]
    statistics.unrecorded += is_over and outcome is None
    if outcome == Outcome.KEPT:
        statistics.results[step] += 1
    if why:
        statistics.whys[why] += 1
    if no_show:
        statistics.no_shows[no_show] += 1
        rows[demand].no_shows += no_show in ("DEMAND", "BOTH")
        rows[supply].no_shows += no_show in ("SUPPLY", "BOTH")


def meetings_ever_released() -> QuerySet[Meeting]:
    """Meetings of every timetable that was ever released, in the order of release: for figures."""
    return (
        Meeting.objects.filter(timetable__released_at__isnull=False)
        .select_related("timetable", "slot", "pair__supply", "pair__need")
        .order_by("timetable__fair", "timetable__released_at", "pk")
    )
