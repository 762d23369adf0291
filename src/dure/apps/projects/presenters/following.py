"""Answers of later years as rows, and how promises to buy were kept."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.people.models import OrganisationKind
from dure.apps.projects.kinds import Success
from dure.apps.projects.models import FollowUp
from dure.apps.projects.presenters.overview import lead_of
from dure.apps.projects.queries import PromiseCount
from dure.foundation.workdays import term_ends


def follow_up_row(follow_up: FollowUp, today: date) -> dict[str, Any]:
    """A follow-up as a row of a list."""
    state, tone = _state(follow_up, today)
    return {
        "follow_up": follow_up,
        "lead": lead_of(follow_up.project),
        "state": state,
        "tone": tone,
        "successes": _successes(follow_up),
    }


def follow_ups_sheet(follow_ups: Iterable[FollowUp], today: date) -> dict[str, Any]:
    """Follow-ups, one in a row."""
    headers = [
        *(_("Number"), _("Project"), _("Lead organisation"), _("Years after the end"), _("Due")),
        *(_("Answer"), _("Sales from the result (won)"), _("New jobs")),
        *(_("In which ways it became business"), _("Promise to buy"), _("Why not in full")),
    ]
    rows = [
        [
            follow_up.project.number, str(follow_up.project), lead_of(follow_up.project), follow_up.year, follow_up.due_on,
            _state(follow_up, today)[0], follow_up.sales, follow_up.jobs, _successes(follow_up),
            follow_up.get_promise_display(), follow_up.promise_reason,
        ]
        for follow_up in follow_ups
    ]  # fmt: skip
    return {"title": _("Follow-up"), "headers": headers, "rows": rows}


def promise_rows(counts: Iterable[PromiseCount]) -> list[dict[str, Any]]:
    """Promises to buy by kind of buyer, with the share that was kept in full."""
    return [
        {
            "kind": OrganisationKind(count.kind).label,
            "count": count,
            "percent": count.kept * 100 // count.all,
        }
        for count in counts
    ]


def _state(follow_up: FollowUp, today: date) -> tuple[str, str]:
    if follow_up.answered_at:
        return _("Answered"), "success"
    if follow_up.asked_at is None:
        return _("not asked yet"), ""
    is_late = term_ends(follow_up.due_on) < today
    return (_("No answer"), "danger") if is_late else (_("asked"), "warning")


def _successes(follow_up: FollowUp) -> str:
    return ", ".join(str(Success(success).label) for success in follow_up.successes)
