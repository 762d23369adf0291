"""Where an application stands, what comes next, and what can be done with it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from dure.apps.applications import permissions, queries
from dure.apps.applications.models import Application, Submission
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import NOTHING_RECEIVED, ApplicationStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.moves import Move, offered, step

_FOREIGN = (Reason.NOT_THE_LEAD, Reason.NOT_A_SIGNATORY, Reason.NOT_FILED, Reason.STAGE_CLOSED)


def crumbs(application: Application | None, page: str = "") -> list[dict[str, str]]:
    """The way from the start to a page of an application."""
    trail = [{"label": _("Applications"), "url": reverse("applications:list")}]
    if application is not None:
        url = reverse("applications:application", args=[application.pk])
        trail.append({"label": application.number, "url": url})
    if page:
        trail.append({"label": page, "url": ""})
    return trail


def standing(application: Application, submission: Submission | None) -> dict[str, Any]:
    """What every page of an application says: received or not, which version, what is edited."""
    is_edited = bool(
        submission is not None
        and application.stage == ApplicationStage.SUBMITTED
        and application.changed_at > submission.submitted_at
    )
    return {
        "submission": submission,
        "is_received": application.stage not in NOTHING_RECEIVED,
        "is_filed": application.filed_at is not None,
        "is_edited": is_edited,
        "late": queries.submissions_of(application).filter(is_late=True).first(),
    }


def left(application: Application, at: datetime) -> str:
    """How long there is until the deadline."""
    deadline = queries.deadline_of(application)
    if deadline is None:
        return ""
    if at >= deadline:
        return _("passed")
    minutes = int((deadline - at).total_seconds() // 60)
    if minutes < 120:
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def path(application: Application, submission: Submission | None) -> list[dict[str, Any]]:
    """The steps from the draft to the opening."""
    stage, is_filed = application.stage, application.filed_at is not None
    received = stage in (ApplicationStage.SUBMITTED, ApplicationStage.OPENED)
    opened = submission.opened_at if submission else None
    return [
        step(
            pgettext("application", "Written"),
            "done" if is_filed or received else "now",
            application.created_at,
        ),
        step(
            _("Filed by the project leader"),
            "done" if is_filed or received else "next",
            application.filed_at,
        ),
        step(
            _("Approved and received"),
            "done" if received else "now" if is_filed else "next",
            submission.submitted_at if submission else None,
        ),
        step(_("Opened after the deadline"), "done" if opened else "next", opened),
    ]


def moves(application: Application, user: Reader, at: datetime) -> list[Move]:
    """What somebody can do with an application, each with the reason where not."""
    deadline = queries.deadline_of(application)
    until = f"{localtime(deadline):%Y-%m-%d %H:%M}" if deadline else "–"
    possible = [
        Move(
            "FILE",
            gettext_lazy("File it"),
            gettext_lazy("File it for the signatory?"),
            gettext_lazy(
                "Nobody changes it then. It is received only when the signatory approves."
            ),
            variant="primary",
        ),
        Move(
            "TAKE_BACK",
            gettext_lazy("Take it back to change it"),
            gettext_lazy("Take the filed draft back?"),
            gettext_lazy("It can be changed again. A version that was submitted before stands."),
        ),
        Move(
            "WITHDRAW",
            gettext_lazy("Withdraw the application"),
            gettext_lazy("Withdraw what was submitted?"),
            _("Nothing of yours stands then. You can submit anew until %(until)s.")
            % {"until": until},
            variant="danger",
        ),
    ]
    judge = {
        "FILE": lambda: permissions.may_file(user, application),
        "TAKE_BACK": lambda: permissions.may_take_back_filing(user, application),
        "WITHDRAW": lambda: permissions.may_withdraw(user, application, at),
    }
    never = (*_FOREIGN, Reason.NOTHING_SUBMITTED, Reason.FILED_ALREADY, Reason.DEADLINE_PASSED)
    return offered(possible, lambda move: judge[move.stage](), never)
