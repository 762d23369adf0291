"""Calls for operators, their applications and terms, and who sees them."""

from datetime import date, datetime

from django.db.models import QuerySet

from dure.apps.operators.models import Operator, OperatorApplication, OperatorCall, Ranking
from dure.apps.operators.stages import ApplicationStage, CallStage, RankingStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, is_office, organisations_managed_by, roles_of
from dure.apps.people.roles import OFFICE, Role
from dure.apps.programmes.models import Programme

ALL_READERS = (*OFFICE, Role.AUDITOR)


def calls() -> QuerySet[OperatorCall]:
    """All calls for operators; public."""
    return OperatorCall.objects.select_related("programme")


def applications_visible_to(user: Reader) -> QuerySet[OperatorApplication]:
    """All for the office and auditors, else those of one's own organisations."""
    operator_applications = OperatorApplication.objects.select_related(
        "call__programme", "organisation"
    )
    roles = roles_of(user)
    if roles.holds(ALL_READERS):
        return operator_applications
    return operator_applications.filter(organisation__in=roles.organisations)


def operators_of(programme: Programme, on: date) -> QuerySet[Operator]:
    """The operators in office on a day; public."""
    return Operator.objects.filter(
        programme=programme, starts_on__lte=on, ends_on__gte=on
    ).select_related("organisation", "application__call")


def programmes_with_operators() -> QuerySet[Programme]:
    """The programmes that have or had operators or call for them; public."""
    return Programme.objects.filter(operator_calls__isnull=False).distinct().order_by("name")


def rankings_visible_to(user: Reader) -> QuerySet[Ranking]:
    """Those in force for everybody; drafts for the office."""
    rankings = Ranking.objects.select_related("programme", "prepared_by", "released_by")
    return rankings if is_office(user) else rankings.filter(stage=RankingStage.IN_FORCE)


def organisations_to_apply_for(user: Reader, call: OperatorCall) -> QuerySet[Organisation]:
    """Verified organisations that `user` manages and that have not applied yet."""
    applied = call.applications.exclude(stage=ApplicationStage.WITHDRAWN).values("organisation")
    return organisations_managed_by(user).filter(verified_at__isnull=False).exclude(pk__in=applied)


def to_decide(user: Reader, at: datetime) -> QuerySet[OperatorApplication]:
    """Applications whose deadline is over and that wait for the office, oldest first."""
    if not is_office(user):
        return OperatorApplication.objects.none()
    return (
        OperatorApplication.objects.filter(
            stage=ApplicationStage.APPLIED, call__stage=CallStage.OPEN, call__closes_at__lt=at
        )
        .select_related("call__programme", "organisation")
        .order_by("applied_at", "pk")
    )


def rankings_to_release(user: Reader) -> QuerySet[Ranking]:
    """Drafts of rankings that another officer prepared."""
    if not is_office(user):
        return Ranking.objects.none()
    return (
        Ranking.objects.filter(stage=RankingStage.DRAFT)
        .exclude(prepared_by=user.pk)
        .select_related("programme", "prepared_by")
        .order_by("prepared_at", "pk")
    )


def running_out(on: date, days: int) -> QuerySet[Operator]:
    """Terms that end within some days and have not ended, for reminders and the office."""
    return (
        Operator.objects.filter(
            ends_on__gte=on, ends_on__lte=date.fromordinal(on.toordinal() + days)
        )
        .select_related("programme", "organisation", "application__call")
        .order_by("ends_on", "pk")
    )


def terms_in(ranking: Ranking) -> dict[int, Operator]:
    """The operators of a ranking by id; ask for the reader's right to it before."""
    return Operator.objects.select_related("organisation").in_bulk(map(int, ranking.results))
