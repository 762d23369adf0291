"""Until when applications are sealed, how many there are, and what is read after the opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime

from dure.apps.applications.models import (
    Admission,
    Application,
    Opening,
    Participant,
    Submission,
)
from dure.apps.applications.queries.applications import STANDING
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.models import Call, CallMode, Round
from dure.apps.calls.queries import SEOUL, deadline_for, last_deadline
from dure.apps.calls.stages import CallStage
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.people.roles import OFFICE, Role

OPENS_AT = time(9)
"""In the morning after the last deadline: by then a fault of the platform can be put right."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications a call has: all that the office knows before the opening."""

    drafts: int = 0
    filed: int = 0
    submitted: int = 0
    withdrawn: int = 0
    late: int = 0


def deadline_of(application: Application) -> datetime | None:
    """Until when an application is taken; None without a last day."""
    return deadline_for(application.call, application.organisation, within=application.round)


def opens_at(call: Call, within: Round | None) -> datetime | None:
    """When the deadline job opens: at nine on the day after the last deadline. None: not sealed."""
    last = last_deadline(call, within)
    if last is None:
        return None
    morning = localtime(last, SEOUL).date() + timedelta(days=1)
    return datetime.combine(morning, OPENS_AT, tzinfo=SEOUL)


def rounds_to_open(call: Call) -> list[Round | None]:
    """What of a call is opened by itself: its rounds, or the call as a whole."""
    return list(call.rounds.all()) if call.mode == CallMode.ROUNDS else [None]


def live_opening(call: Call, within: Round | None) -> Opening | None:
    """The opening of a call that was asked for or has been, unless it was taken back."""
    return call.openings.filter(round=within, dropped_at=None).first()


def unfinished() -> QuerySet[Call]:
    """Calls in which something may be to open: they have ended, have rounds, or two officers said so."""
    ended = Q(stage__in=[CallStage.CLOSED, CallStage.CLOSED_EARLY]) | Q(mode=CallMode.ROUNDS)
    decided = Opening.objects.filter(confirmed_at__isnull=False, opened_at=None)
    return (
        Call.objects.filter(ended | Q(pk__in=decided.values("call")))
        .filter(opened_at=None, announced_at__isnull=False)
        .exclude(stage=CallStage.CANCELLED)
    )


def counts(call: Call, user: Reader) -> Counts | None:
    """How many applications a call has, for the office and auditors; None for others."""
    if not roles_of(user).holds((*OFFICE, Role.AUDITOR)):
        return None
    stages = ApplicationStage
    by_stage = dict(call.applications.order_by().values_list("stage").annotate(Count("pk")))
    return Counts(
        drafts=by_stage.get(stages.DRAFT, 0) + by_stage.get(stages.LAPSED, 0),
        filed=by_stage.get(stages.FILED, 0),
        submitted=by_stage.get(stages.SUBMITTED, 0) + by_stage.get(stages.OPENED, 0),
        withdrawn=by_stage.get(stages.WITHDRAWN, 0) + by_stage.get(stages.VOID, 0),
        late=late_submissions(call).count(),
    )  # fmt: skip


def late_submissions(call: Call) -> QuerySet[Submission]:
    """The last version of each organisation that came after the deadline, oldest first."""
    newest = Submission.objects.filter(application=OuterRef("application")).order_by("-version")
    return (
        Submission.objects.filter(
            application__call=call, is_late=True, pk=Subquery(newest.values("pk")[:1])
        )
        .exclude(admission__confirmed_at__isnull=False)
        .filter(opened_at=None)
        .select_related("application__organisation", "submitted_by", "admission__proposed_by")
        .defer("sealed")
        .order_by("submitted_at", "pk")
    )


def admissions_pending(call: Call, within: Round | None) -> QuerySet[Admission]:
    """Late submissions that one officer would admit and no second one has confirmed."""
    return Admission.objects.filter(
        submission__application__call=call,
        submission__application__round=within,
        confirmed_at=None,
        dropped_at=None,
    )


def submissions_opened_in(call: Call) -> QuerySet[Submission]:
    """What counts and was opened in a call, by number: for the apps that go on with it."""
    return submissions_ever_opened().filter(application__call=call)


def submissions_ever_opened() -> QuerySet[Submission]:
    """What counts and was opened in any call, by number: for figures."""
    newest = Submission.objects.filter(STANDING, application=OuterRef("application"))
    return (
        Submission.objects.filter(
            STANDING,
            opened_at__isnull=False,
            pk=Subquery(newest.order_by("-version").values("pk")[:1]),
        )
        .select_related(
            "application__organisation",
            "application__leader",
            "application__call__version",
            "application__round",
            "application__recommendation__recommender__organisation",
            "submitted_by",
        )
        .defer("sealed")
        .order_by("application__number")
    )


def opened_beside(opened: Sequence[Submission]) -> QuerySet[Submission]:
    """What else the organisations in some opened submissions applied for, opened since a year before."""
    if not opened:
        return Submission.objects.none()
    applications = {submission.application_id for submission in opened}
    members = Participant.objects.filter(application__in=applications)
    others = Participant.objects.filter(organisation__in=members.values("organisation"))
    since = min(submission.opened_at for submission in opened if submission.opened_at) - timedelta(
        days=365
    )
    return (
        Submission.objects.filter(
            STANDING, opened_at__gte=since, application__in=others.values("application")
        )
        .exclude(application__in=applications)
        .select_related("application")
        .defer("sealed")
    )


def opened_submissions(call: Call, user: Reader) -> QuerySet[Submission]:
    """What was opened in a call, for the office and auditors; nothing for others."""
    submissions_opened = submissions_opened_in(call)
    is_reader = is_office(user) or roles_of(user).holds([Role.AUDITOR])
    return submissions_opened if is_reader else submissions_opened.none()
