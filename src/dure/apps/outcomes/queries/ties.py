"""What two organisations had in common before a day, for the way back to the need."""

from datetime import date

from django.db.models import Model, Q, QuerySet

from dure.apps.agreements.models import Agreement
from dure.apps.consultations.models import ConsultationRecord, Outcome
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.outcomes.models import Outcome as Reported
from dure.apps.projects.kinds import SPENDERS, PromiseKept, Success
from dure.apps.projects.models import FollowUp, Project


def things_between(first: int, other: int | None, on: date) -> list[tuple[str, Model]]:
    """What the platform knows of two organisations together up to a day, with its link's name.

    Projects first, then agreements, meetings that were held, introductions; of each the latest
    first. Without another side: the projects in which the one works.
    """
    if other is None:
        alone = Project.objects.filter(
            members__organisation=first, members__role__in=SPENDERS, agreed_on__lte=on
        )
        return [("project", project) for project in alone.order_by("-agreed_on", "-pk").distinct()]
    return [
        *(("project", project) for project in _projects(first, other, on)),
        *(("agreement", agreement) for agreement in _agreements(first, other, on)),
        *meetings_between(first, other, on),
    ]


def meetings_between(first: int, other: int, on: date) -> list[tuple[str, Model]]:
    """Meetings of the two that were held, then introductions, the latest first."""
    return [
        *(("record", record) for record in _records(first, other, on)),
        *(("introduction", introduction) for introduction in _introductions(first, other, on)),
    ]


def agreement_of_project(project: Project) -> Agreement | None:
    """The agreement that a project goes back to, with its application and the need behind it."""
    agreements = Agreement.objects.select_related(
        "application__call", "application__challenge__need"
    )
    return agreements.filter(project=project).first()


def project_of_agreement(agreement: Agreement) -> Project | None:
    """The project that an agreement became."""
    return Project.objects.filter(agreement=agreement).first()


def project_numbered(number: str, organisation: int) -> Project | None:
    """The project with this number in which an organisation takes part."""
    projects = Project.objects.filter(number=number, members__organisation=organisation)
    return projects.distinct().first()


def reported_follow_ups() -> QuerySet[FollowUp]:
    """Answered follow-ups of which no outcome was taken in yet."""
    known = Reported.objects.filter(follow_up__isnull=False).values("follow_up")
    return (
        FollowUp.objects.filter(_says_something, answered_at__isnull=False)
        .exclude(pk__in=known)
        .select_related("project__version__programme")
        .order_by("answered_at", "pk")
    )


_says_something = (
    Q(sales__gt=0)
    | Q(jobs__gt=0)
    | Q(promise__in=[PromiseKept.KEPT, PromiseKept.IN_PART])
    | Q(successes__overlap=[Success.LICENCE, Success.INVESTMENT])
)


def _projects(first: int, other: int, on: date) -> QuerySet[Project]:
    projects = Project.objects.filter(members__organisation=first, agreed_on__lte=on)
    return projects.filter(members__organisation=other).order_by("-agreed_on", "-pk").distinct()


def _agreements(first: int, other: int, on: date) -> QuerySet[Agreement]:
    agreements = Agreement.objects.filter(parties__organisation=first, agreed_on__lte=on)
    return agreements.filter(parties__organisation=other).order_by("-agreed_on", "-pk").distinct()


def _records(first: int, other: int, on: date) -> QuerySet[ConsultationRecord]:
    sides = [(first, other), (other, first)]
    between = Q()
    for demand, supply in sides:
        between |= Q(pair__demand__organisation=demand, pair__supply__organisation=supply) | Q(
            introduction__need__organisation=demand, introduction__technology__organisation=supply
        )
    held = ConsultationRecord.objects.filter(
        between, outcome=Outcome.KEPT, recorded_at__date__lte=on
    )
    return held.order_by("-recorded_at", "-pk")


def _introductions(first: int, other: int, on: date) -> QuerySet[Introduction]:
    between = Q(need__organisation=first, technology__organisation=other)
    between |= Q(need__organisation=other, technology__organisation=first)
    introductions = Introduction.objects.filter(between, introduced_at__date__lte=on)
    return introductions.exclude(stage=IntroductionStage.TAKEN_BACK).order_by(
        "-introduced_at", "-pk"
    )
