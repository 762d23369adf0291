"""Bodies rank the applications that named them, within their quota and until a date of their own."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from dure.apps.applications import permissions, queries
from dure.apps.applications.models import Recommendation
from dure.apps.applications.notices import applications_to_recommend
from dure.apps.applications.operations.telling import moment
from dure.apps.applications.reasons import Reason
from dure.apps.calls.models import Call, Recommender
from dure.apps.calls.queries import recommenders_of
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.foundation.verdict import Refused


@transaction.atomic
def recommend(
    *,
    recommender: Recommender,
    ranks: Mapping[int, int],
    reasons: Mapping[int, str],
    by: User,
    at: datetime,
) -> list[Recommendation]:
    """Keep the ranking of a body in place of the one before: rank from 1 by id of an application.

    What is not in `ranks` is not put forward. Raises Refused.
    """
    recommender = (
        Recommender.objects.select_for_update(of=("self",))
        .select_related("call", "organisation")
        .get(pk=recommender.pk)
    )
    permissions.may_recommend(by, recommender, at).require()
    theirs = {
        application.pk: application
        for application in queries.applications_to_recommend(recommender)
    }
    if set(ranks) - set(theirs) or sorted(ranks.values()) != list(range(1, len(ranks) + 1)):
        raise Refused(Reason.RANKS_NOT_IN_ORDER)
    if len(ranks) > recommender.quota:
        raise Refused(Reason.MORE_THAN_THE_QUOTA)
    for pk in ranks:
        permissions.is_recommendable(theirs[pk], recommender).require()
    recommender.recommendations.all().delete()
    return Recommendation.objects.bulk_create(
        Recommendation(
            recommender=recommender,
            application=theirs[pk],
            rank=rank,
            reason=reasons.get(pk, "").strip(),
            ranked_by=by,
            ranked_at=at,
        )
        for pk, rank in ranks.items()
    )


def tell_recommenders(call: Call, at: datetime) -> None:
    """Tell bodies with applications of theirs that they can read and rank them now."""
    for body in recommenders_of(call):
        count = queries.applications_to_recommend(body).count()
        if count and at < body.until:
            tell(
                recipients=people_of(body.organisation),
                kind=applications_to_recommend,
                facts={
                    "call": call.title,
                    "organisation": body.organisation.name,
                    "count": count,
                    "until": moment(body.until),
                },
                url=reverse("applications:recommend", args=[body.pk]),
                at=at,
            )
