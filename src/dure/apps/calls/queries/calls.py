"""Who sees which calls, whether a call is open, and until when it can be applied to."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, When

from dure.apps.calls.models import Call, CallMode, Extension, Round
from dure.apps.calls.stages import CallStage, State
from dure.apps.challenges.models import Candidate
from dure.apps.challenges.queries import with_text
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_of, roles_of
from dure.apps.people.roles import OFFICE, Role

SEOUL = ZoneInfo(settings.TIME_ZONE)
SOON = timedelta(days=7)


def calls_visible_to(user: Reader) -> QuerySet[Call]:
    """Announced calls are public; drafts are seen by the office and by auditors."""
    calls = Call.objects.select_related("version__programme", "contact")
    if roles_of(user).holds((*OFFICE, Role.AUDITOR)):
        return calls
    return calls.filter(announced_at__isnull=False)


def public_calls() -> QuerySet[Call]:
    """What everybody may read, whoever asks."""
    return Call.objects.filter(announced_at__isnull=False).select_related("version__programme")


def state_of(call: Call, at: datetime) -> State:
    """What a reader is told of a call at a moment; open and closed go by the clock."""
    if call.stage != CallStage.ANNOUNCED:
        return State(call.stage)
    if at < call.opens_at:
        return State.TO_COME
    if call.deadline_at is not None and at >= call.deadline_at:
        return State.CLOSED
    if call.mode == CallMode.ROUNDS and round_at(call, at) is None:
        return State.TO_COME
    return State.OPEN


def deadline_for(
    call: Call, organisation: Organisation | None = None, *, within: Round | None = None
) -> datetime | None:
    """Until when `organisation` can hand in for `call`: the one rule that everybody goes by.

    An application that arrives at this very moment is late; one that arrives the second before is
    in time. It is the announced deadline, a later one where it was extended for all, and a still
    later one where the organisation was given it. In a call with rounds `within` says which is
    meant, the last where none is named. None: there is no last day (a rolling call). A call that
    was closed early or cancelled takes nothing any more, whatever this says: see `state_of`.
    """
    if call.mode == CallMode.ROUNDS and within is None:
        within = call.rounds.order_by("-number").first()
    general = call.deadline_at if within is None else within.deadline_at
    if general is None or organisation is None:
        return general
    given = call.extensions.filter(organisation=organisation, round=within)
    return max([general, *given.values_list("until", flat=True)])


def own_extension(call: Call, user: Reader) -> Extension | None:
    """The latest extension of an organisation of the reader."""
    own = call.extensions.filter(organisation__in=roles_of(user).organisations)
    return own.select_related("organisation").order_by("-until").first()


def last_deadline(call: Call, within: Round | None = None) -> datetime | None:
    """When nobody can hand in any more, in a call or in one of its rounds; before that nothing is
    opened. None without a last day."""
    if within is not None:
        later = call.extensions.filter(round=within)
        return max([within.deadline_at, *later.values_list("until", flat=True)])
    if call.deadline_at is None:
        return None
    return max([call.deadline_at, *call.extensions.values_list("until", flat=True)])


def round_at(call: Call, at: datetime) -> Round | None:
    """The round that is open at a moment."""
    return next(
        (
            call_round
            for call_round in call.rounds.all()
            if call_round.opens_at <= at < call_round.deadline_at
        ),
        None,
    )


def next_round(call: Call, at: datetime) -> Round | None:
    """The round that is open or comes next."""
    return next(
        (call_round for call_round in call.rounds.all() if at < call_round.deadline_at), None
    )


def narrowed(calls: QuerySet[Call], wanted: Mapping[str, str], at: datetime) -> QuerySet[Call]:
    """Calls of a state, programme, region or kind, with words in them; empty wishes filter nothing."""
    if state := wanted.get("state"):
        calls = calls.filter(_in_state(state, at))
    if programme := wanted.get("programme"):
        calls = calls.filter(version__programme__slug=programme)
    if kind := wanted.get("kind"):
        calls = calls.filter(kind=kind)
    if region := wanted.get("region"):
        calls = calls.filter(Q(regions=[]) | Q(regions__contains=[region]))
    for word in wanted.get("words", "").split():
        calls = calls.filter(
            Q(title__icontains=word)
            | Q(title_en__icontains=word)
            | Q(text__icontains=word)
            | Q(version__programme__name__icontains=word)
            | Q(version__programme__name_en__icontains=word)
        )
    return calls


def _in_state(state: str, at: datetime) -> Q:
    """The same as `state_of`, asked of the database."""
    announced = Q(stage=CallStage.ANNOUNCED)
    is_past = Q(deadline_at__lte=at)
    in_round = Q(pk__in=Round.objects.filter(opens_at__lte=at, deadline_at__gt=at).values("call"))
    begun = Q(opens_at__lte=at) & (~Q(mode=CallMode.ROUNDS) | in_round)
    runs = announced & begun & ~is_past
    match state:
        case State.OPEN:
            return runs
        case "SOON":
            return runs & Q(deadline_at__lte=at + SOON)
        case State.TO_COME:
            return announced & ~begun & ~is_past
        case State.CLOSED:
            return Q(stage=CallStage.CLOSED) | (announced & is_past)
    return Q(stage=state)


def calls_in_month(user: Reader, first: date) -> QuerySet[Call]:
    """The calls that open or close in the month that begins on `first`, drafts not."""
    begins = datetime(first.year, first.month, 1, tzinfo=SEOUL)
    year, month = divmod(first.year * 12 + first.month, 12)
    ends = datetime(year, month + 1, 1, tzinfo=SEOUL)
    within = [(f"{name}__gte", f"{name}__lt") for name in ("opens_at", "deadline_at")]
    wanted = Q()
    for since, before in within:
        wanted |= Q(**{since: begins, before: ends})
        wanted |= Q(**{f"rounds__{since}": begins, f"rounds__{before}": ends})
    return (
        calls_visible_to(user)
        .filter(wanted, announced_at__isnull=False)
        .exclude(stage=CallStage.CANCELLED)
        .prefetch_related("rounds")
        .distinct()
        .order_by("opens_at", "pk")
    )


def by_urgency(calls: QuerySet[Call], at: datetime) -> QuerySet[Call]:
    """Open calls first, the one that closes next at their head; then what comes; then the past."""
    rank = Case(
        When(_in_state(State.OPEN, at), then=0),
        When(_in_state(State.TO_COME, at) | Q(stage=CallStage.DRAFT), then=1),
        default=2,
    )
    is_alive = Case(When(rank__lt=2, then=F("deadline_at")))
    return calls.annotate(rank=rank).order_by(
        "rank", is_alive.asc(nulls_last=True), "-opens_at", "-pk"
    )


def calls_of_feed(calls: QuerySet[Call], at: datetime) -> QuerySet[Call]:
    """What a calendar shows: everything with a deadline of the last year and to come."""
    return (
        calls.filter(deadline_at__gt=at - timedelta(days=366))
        .prefetch_related("rounds")
        .order_by("deadline_at", "pk")
    )


def challenges_of(call: Call) -> list[Candidate]:
    """The challenges that a designated call points to, with their texts."""
    return list(with_text(call.challenges.all()).order_by("pk"))


def firms_of(user: Reader) -> QuerySet[Organisation]:
    """The organisations of a reader that could apply."""
    return organisations_of(user)


def open_calls(at: datetime) -> QuerySet[Call]:
    """The public calls that are open or to come."""
    opening = public_calls().filter(_in_state(State.OPEN, at) | _in_state(State.TO_COME, at))
    return opening.prefetch_related("rounds")
