"""What waits of introductions: those that went silent for the office, one's own for the two sides."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.introductions import operations, presenters, queries
from dure.apps.introductions.models import Introduction
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.desk import Line, Queue, Section, Settling, offer_queue, offer_section

SHOWN = 5


def _names(introduction: Introduction) -> str:
    return " – ".join(str(side) for side in introduction.sides)


def _silent(introduction: Introduction, user: User) -> Line:
    turn = presenters.turn_of(introduction)
    return Line(
        title=_names(introduction),
        url=introduction.get_absolute_url(),
        who=introduction.get_stage_display(),
        text=f"{turn['next']}: {turn['who']}" if turn else "",
        action=_("Remind both"),
    )


def _remind(introduction: Introduction, by: User, at: datetime) -> Any:
    return operations.remind(introduction=introduction, by=by, at=at)


def section(user: User, now: datetime) -> dict[str, Any] | None:
    """The introductions of one's own organisations that go on."""
    introductions = list(queries.own_alive(user)[: SHOWN + 1])
    rows = [
        {
            "title": presenters.title_for(introduction, user),
            "url": introduction.get_absolute_url(),
            "stage": introduction.get_stage_display(),
            "turn": presenters.turn_of(introduction),
            "quiet": _quiet(introduction, now),
        }
        for introduction in introductions[:SHOWN]
    ]
    all_url = reverse("introductions:list") if len(introductions) > SHOWN else ""
    return {"rows": rows, "all_url": all_url} if rows else None


def _quiet(introduction: Introduction, now: datetime) -> str:
    days = presenters.silence(introduction, now)
    message = ngettext("quiet for %(n)s day", "quiet for %(n)s days", days) % {"n": days}
    return message if days else ""


offer_queue(
    Queue(
        code="SILENT_INTRODUCTION",
        label=gettext_lazy("Introduction that went silent"),
        place=55,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.silent_for_officer(user, now).prefetch_related(
            "messages", "proposals"
        ),
        since=lambda introduction: introduction.quiet_since,
        line=_silent,
        route="introductions:list?silent=yes",
        settling=Settling(
            _remind,
            lambda introduction: _("Reminded: %(title)s") % {"title": _names(introduction)},
        ),
    )
)
offer_section(Section("introductions", "introductions/_desk_section.html", 75, section))
