"""What waits of operators for the office: applications, and rankings of a colleague."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.operators import permissions, queries
from dure.apps.operators.models import OperatorApplication, Ranking
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, offer_queue


def _application(application: OperatorApplication, user: User) -> Line:
    page = reverse("operators:application", args=[application.pk])
    return Line(
        title=str(application.organisation), url=page, who=str(application.call),
        action=_("Decide"), href=page,
    )  # fmt: skip


def _ranking(ranking: Ranking, user: User) -> Line:
    page = reverse("operators:ranking", args=[ranking.pk])
    return Line(
        title=f"{ranking.programme} {ranking.year}", url=page, who=str(ranking.prepared_by),
        action=_("Look at it"), href=page,
    )  # fmt: skip


offer_queue(
    Queue(
        code="OPERATOR_TO_DECIDE",
        label=gettext_lazy("Application of an operator"),
        place=112,
        offered_to=permissions.may_run,
        waiting=queries.to_decide,
        since=lambda application: application.applied_at,
        line=_application,
    )
)
offer_queue(
    Queue(
        code="OPERATOR_RANKING",
        label=gettext_lazy("Ranking of operators to release"),
        place=113,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.rankings_to_release(user),
        since=lambda ranking: ranking.prepared_at,
        line=_ranking,
    )
)
