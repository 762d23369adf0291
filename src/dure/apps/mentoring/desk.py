"""What of mentoring waits: firms to take on, proposals, goals, reviews, pairs gone quiet."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.mentoring import permissions, queries
from dure.apps.mentoring.models import Case, Pair
from dure.apps.people.models import User
from dure.foundation.desk import Line, Queue, line_of, offer_queue


def _free(case: Case, user: User) -> Line:
    return Line(
        title=str(case.organisation),
        url=case.get_absolute_url(),
        who=_("Looks for a mentor"),
        action=_("Take on"),
        href=case.get_absolute_url(),
        may=permissions.may_take(user, case),
    )


def _unpaired(case: Case, user: User) -> Line:
    return Line(
        title=str(case.organisation),
        url=case.get_absolute_url(),
        who=_("Looks for a mentor"),
        action=_("Find a mentor"),
        href=reverse("mentoring:propose", args=[case.pk]),
    )


def _pair(action: str, pair: Pair) -> Line:
    return line_of(pair, pair.get_stage_display(), action)


offer_queue(
    Queue(
        code="MENTORING_FREE",
        label=gettext_lazy("Firm that looks for a mentor"),
        place=45,
        offered_to=permissions.may_coordinate,
        waiting=lambda user, now: queries.cases_to_take(),
        since=lambda case: case.asked_at,
        line=_free,
        route="mentoring:cases",
    )
)
offer_queue(
    Queue(
        code="MENTORING_UNPAIRED",
        label=gettext_lazy("Firm that you look after, without a mentor"),
        place=46,
        offered_to=permissions.may_coordinate,
        waiting=lambda user, now: queries.cases_without_mentor(user),
        since=lambda case: case.taken_at,
        line=_unpaired,
        route="mentoring:cases",
    )
)
offer_queue(
    Queue(
        code="MENTORING_QUIET",
        label=gettext_lazy("Mentoring that has gone quiet"),
        place=47,
        offered_to=permissions.may_coordinate,
        waiting=lambda user, now: queries.quiet_of(user, localdate(now)),
        since=lambda pair: None,
        line=lambda pair, user: _pair(_("Look"), pair),
        route="mentoring:pairs",
    )
)
offer_queue(
    Queue(
        code="MENTORING_ANSWER",
        label=gettext_lazy("Mentoring that is proposed to you"),
        place=48,
        offered_to=permissions.may_take_part,
        waiting=lambda user, now: queries.pairs_to_answer(user),
        since=lambda pair: pair.proposed_at,
        line=lambda pair, user: _pair(_("Answer"), pair),
        route="mentoring:pairs",
    )
)
offer_queue(
    Queue(
        code="MENTORING_GOALS",
        label=gettext_lazy("Goals of a mentoring to agree on"),
        place=49,
        offered_to=permissions.may_take_part,
        waiting=lambda user, now: queries.pairs_to_agree(user),
        since=lambda pair: pair.goals_changed_at or pair.proposed_at,
        line=lambda pair, user: _pair(_("Agree on goals"), pair),
        route="mentoring:pairs",
    )
)
offer_queue(
    Queue(
        code="MENTORING_REVIEW",
        label=gettext_lazy("Mentoring to review"),
        place=50,
        offered_to=permissions.may_take_part,
        waiting=lambda user, now: queries.pairs_to_review(user, localdate(now)),
        since=lambda pair: None,
        line=lambda pair, user: _pair(_("Write the review"), pair),
        route="mentoring:pairs",
    )
)
