"""What waits of figures: drafts for a second person, confirmed ones, and figures asked of a body."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.indicators import operations, permissions, presenters, queries
from dure.apps.indicators.models import Figure, Revision
from dure.apps.indicators.roles import Role
from dure.apps.indicators.stages import RevisionStage
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.desk import Line, Queue, Section, Settling, offer_queue, offer_section


def _revision(revision: Revision, user: User, stage: RevisionStage, action: str) -> Line:
    figure = revision.figure
    return Line(
        title=str(figure),
        url=figure.get_absolute_url(),
        who=str(revision.drafted_by),
        text=presenters.as_text(revision.value, figure.indicator.unit),
        action=action,
        may=permissions.may_move(user, revision, stage),
    )


def _plan(user: User, now: datetime) -> dict[str, Any] | None:
    """For the analyst, how far the newest plan with figures has come."""
    if Role.ANALYST not in roles_of(user).roles:
        return None
    plan, rows = presenters.newest_headlines()
    return {"plan": plan, "rows": rows}


def _asked(figure: Figure, user: User) -> Line:
    page = reverse(
        "indicators:report_figure", args=[figure.indicator.plan.slug, figure.indicator.code]
    )
    return Line(
        title=str(figure),
        url=figure.get_absolute_url(),
        who=str(figure.asked_of),
        action=_("Report"),
        href=f"{page}?period={figure.period}",
    )


offer_queue(
    Queue(
        code="FIGURE_DRAFT",
        label=gettext_lazy("Figure to confirm"),
        place=150,
        offered_to=permissions.may_work,
        waiting=lambda user, now: queries.open_revisions(user),
        since=lambda revision: revision.drafted_at,
        line=lambda revision, user: _revision(
            revision, user, RevisionStage.CONFIRMED, _("Confirm")
        ),
        settling=Settling(
            run=lambda revision, by, at: operations.move(
                revision=revision, stage=RevisionStage.CONFIRMED, by=by, at=at
            ),
            message=lambda revision: _("Confirmed: %(figure)s") % {"figure": revision.figure},
        ),
    )
)
offer_queue(
    Queue(
        code="FIGURE_CONFIRMED",
        label=gettext_lazy("Figure to publish"),
        place=151,
        offered_to=permissions.may_work,
        waiting=lambda user, now: queries.to_publish().exclude(drafted_by=user),
        since=lambda revision: revision.confirmed_at,
        line=lambda revision, user: _revision(
            revision, user, RevisionStage.PUBLISHED, _("Publish")
        ),
        settling=Settling(
            run=lambda revision, by, at: operations.move(
                revision=revision, stage=RevisionStage.PUBLISHED, by=by, at=at
            ),
            message=lambda revision: _("Published: %(figure)s") % {"figure": revision.figure},
        ),
    )
)
offer_queue(
    Queue(
        code="FIGURE_ASKED",
        label=gettext_lazy("Figure that is asked of us"),
        place=152,
        offered_to=queries.is_asked,
        waiting=lambda user, now: queries.asked_of(user),
        since=lambda figure: make_aware(datetime.combine(figure.due_on, time.min)),
        line=_asked,
    )
)
offer_section(Section("indicators.plan", "indicators/_desk.html", 80, _plan))
