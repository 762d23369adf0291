"""What recommending bodies read and rank, and what they have put forward."""

from datetime import datetime

from django.db.models import Count, F, QuerySet

from dure.apps.applications.models import Application, Recommendation
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.models import Call, Recommender
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import OFFICE, Role


def recommenders_visible_to(user: Reader) -> QuerySet[Recommender]:
    """Bodies whose ranking one may see: one's own, for the office and auditors all."""
    bodies = Recommender.objects.select_related("call__version__programme", "organisation")
    roles = roles_of(user)
    if roles.holds((*OFFICE, Role.AUDITOR)):
        return bodies
    return bodies.filter(organisation__in=roles.organisations)


def applications_to_recommend(recommender: Recommender) -> QuerySet[Application]:
    """The opened applications that named a body, those it ranked first."""
    return (
        Application.objects.filter(recommender=recommender, stage=ApplicationStage.OPENED)
        .select_related("organisation", "call", "recommendation__ranked_by")
        .order_by(F("recommendation__rank").asc(nulls_last=True), "number")
    )


def recommendations_of(call: Call) -> QuerySet[Recommendation]:
    """What was put forward in a call, by body and rank."""
    recommendations = Recommendation.objects.filter(recommender__call=call)
    return recommendations.select_related("recommender__organisation", "application").order_by(
        "recommender__organisation__name", "rank"
    )


def bodies_of(call: Call) -> QuerySet[Recommender]:
    """The recommending bodies of a call with how many named them (`named`) and how many they put
    forward (`forward`)."""
    return (
        call.recommenders.select_related("organisation")
        .annotate(
            named=Count("applications", distinct=True),
            forward=Count("recommendations", distinct=True),
        )
        .order_by("organisation__name", "pk")
    )


def to_recommend(user: Reader, at: datetime) -> QuerySet[Recommender]:
    """Bodies of one's own with applications to rank and none ranked yet, the next date first."""
    own = roles_of(user).organisations
    return (
        Recommender.objects.filter(
            organisation__in=own,
            until__gt=at,
            applications__stage=ApplicationStage.OPENED,
            recommendations=None,
        )
        .select_related("call", "organisation")
        .distinct()
        .order_by("until", "pk")
    )


def put_forward(organisation: Organisation) -> QuerySet[Recommendation]:
    """The applications of an organisation that bodies put forward, the newest first."""
    recommendations = Recommendation.objects.filter(application__organisation=organisation)
    return recommendations.select_related(
        "recommender__organisation", "application__call__version__programme"
    ).order_by("-recommender__until", "-pk")
