"""What of outcomes waits on whose desk."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.outcomes import operations, permissions, queries
from dure.apps.outcomes.models import Outcome, Twins
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.desk import Line, Queue, Settling, offer_queue


def _to_confirm_line(outcome: Outcome, user: User) -> Line:
    return Line(
        title=str(outcome),
        url=outcome.get_absolute_url(),
        who=str(outcome.reported_for or outcome.organisation),
        text=outcome.kind_name,
        action=_("Confirm"),
        may=permissions.may_confirm(user, outcome),
    )


def _to_check_line(outcome: Outcome, user: User) -> Line:
    return Line(
        title=str(outcome),
        url=outcome.get_absolute_url(),
        who=str(outcome.organisation),
        text=f"{outcome.kind_name} · {outcome.get_stage_display()}",
        action=_("Check"),
        href=outcome.get_absolute_url(),
    )


def _twins_line(twins: Twins, user: User) -> Line:
    return Line(
        title=str(twins.first),
        url=reverse("outcomes:twins"),
        who=str(twins.first.organisation),
        text=str(twins.second),
        action=_("Compare"),
        href=reverse("outcomes:twins"),
    )


def _to_check(user: User, now: datetime) -> QuerySet[Outcome]:
    return queries.to_check(user, now)


offer_queue(
    Queue(
        code="OUTCOME",
        label=gettext_lazy("Outcome to confirm"),
        place=67,
        offered_to=queries.concerns_anywhere,
        waiting=lambda user, now: queries.to_confirm(user),
        since=lambda outcome: outcome.reported_at,
        line=_to_confirm_line,
        settling=Settling(
            run=lambda outcome, by, at: operations.confirm(outcome=outcome, by=by, at=at),
            message=lambda outcome: _("Confirmed: %(title)s") % {"title": outcome},
        ),
    )
)
offer_queue(
    Queue(
        code="OUTCOME_TO_CHECK",
        label=gettext_lazy("Outcome to check"),
        place=68,
        offered_to=may_run_programmes,
        waiting=_to_check,
        since=lambda outcome: outcome.reported_at,
        line=_to_check_line,
    )
)
offer_queue(
    Queue(
        code="OUTCOME_TWINS",
        label=gettext_lazy("Outcome reported twice?"),
        place=69,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.twins_to_answer(user),
        since=lambda twins: twins.found_at,
        line=_twins_line,
        route="outcomes:twins",
    )
)
