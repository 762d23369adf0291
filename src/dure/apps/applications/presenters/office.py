"""What the office sees of the applications to a call."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.applications import queries
from dure.apps.applications.models import Application, Submission
from dure.apps.applications.presenters.money import money_of
from dure.apps.calls.models import Call
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Sheet


def office_rows(submissions: Iterable[Submission]) -> list[dict[str, Any]]:
    """Opened submissions as lines of a list."""
    return [
        {
            "submission": submission,
            "application": submission.application,
            "url": reverse("applications:opened", args=[submission.application_id]),
            "title": submission.content["project"].get("title", ""),
            "members": len(submission.content["members"]),
            "money": money_of(submission.application, submission.content),
            "recommended": _recommended(submission.application),
        }
        for submission in submissions
    ]


def sheet(submissions: Iterable[Submission]) -> Sheet:
    """Opened submissions as a sheet."""
    head = [_("Application number"), _("Title"), _("Lead"), _("Business registration number")]
    head += [_("Members"), _("Months"), _("Cost (won)"), _("Government (won)"), _("Received")]
    head += [_("Receipt number"), _("SHA-256 of the content"), _("After the deadline")]
    head += [_("Recommended")]
    lines = [
        [
            row["application"].number,
            row["title"],
            row["application"].organisation.name,
            row["application"].organisation.number,
            row["members"],
            row["submission"].content["project"].get("months"),
            row["money"].cost,
            _of_government(row["submission"].content),
            localtime(row["submission"].submitted_at),
            row["submission"].receipt_number,
            row["submission"].content_hash,
            _("Yes") if row["submission"].is_late else "",
            row["recommended"],
        ]
        for row in office_rows(submissions)
    ]
    return {"title": _("Applications"), "headers": head, "rows": lines}


def _recommended(application: Application) -> str:
    """Which body put it forward at which place: “Startup centre: 2”; empty when none did."""
    recommendation = getattr(application, "recommendation", None)
    return f"{recommendation.recommender}: {recommendation.rank}" if recommendation else ""


def _of_government(content: dict[str, Any]) -> int:
    return sum(
        row["won"] or 0
        for member in content["members"]
        for row in member["money"]
        if row["role"] == "government"
    )


def own_sheet(applications: Iterable[Application]) -> Sheet:
    """One's own applications as a sheet; titles stand in it once they are opened."""
    head = [_("Application number"), _("Call"), _("Lead"), _("Status"), _("Deadline"), _("Started")]
    lines = []
    for application in applications:
        deadline = queries.deadline_of(application)
        lines.append(
            [
                application.number,
                str(application.call),
                application.organisation.name,
                application.get_stage_display(),
                localtime(deadline) if deadline else None,
                localtime(application.created_at),
            ]
        )
    return {"title": _("Applications"), "headers": head, "rows": lines}


def figures(counts: queries.Counts) -> list[dict[str, Any]]:
    """How many applications there are, as figures."""
    figures = [
        (counts.submitted, _("received")),
        (counts.filed, _("wait for their signatory")),
        (counts.drafts, _("being written")),
        (counts.withdrawn, _("withdrawn or void")),
        (counts.late, _("too late")),
    ]
    return [{"number": number, "label": label} for number, label in figures]


def opened_crumbs(application: Application, user: Reader) -> list[dict[str, str]]:
    """The way to an opened application: from those of its call, or of the body that ranks it."""
    if queries.counts(application.call, user) is not None:
        return call_crumbs(application.call, application.number)
    body = application.recommender
    return [
        {"label": _("Calls"), "url": reverse("calls:list")},
        {"label": str(application.call), "url": reverse("calls:call", args=[application.call_id])},
        *(
            [
                {
                    "label": _("Applications to rank"),
                    "url": reverse("applications:recommend", args=[body.pk]),
                }
            ]
            if body
            else []
        ),
        {"label": application.number, "url": ""},
    ]


def call_crumbs(call: Call, page: str = "") -> list[dict[str, str]]:
    """The way from the calls to the applications of one."""
    crumbs = [
        {"label": _("Calls"), "url": reverse("calls:list")},
        {"label": str(call), "url": reverse("calls:call", args=[call.pk])},
        {"label": _("Applications"), "url": reverse("applications:of_call", args=[call.pk])},
    ]
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs
