"""What waits for the programme office: pairs who both want to meet."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.apps.matches import queries
from dure.apps.matches.operations import introduce
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.desk import Line, Queue, Settling, offer_queue


def _pair(pair: Any, user: User) -> Line:
    language = get_language()
    return Line(
        title=pair.need.title_in(language),
        url=reverse("matches:for_need", args=[pair.need_id]),
        who=_organisations(pair),
        text=f"{_('Technology')}: {pair.technology.title_in(language)}",
        action=_("Introduce them"),
    )


def _organisations(pair: Any) -> str:
    return f"{pair.need.organisation} · {pair.technology.organisation}"


def _introduce(pair: Any, by: User, at: datetime) -> object:
    return introduce(need=pair.need, technology=pair.technology, by=by, at=at)


offer_queue(
    Queue(
        code="PAIR",
        label=gettext_lazy("Pair to introduce"),
        place=50,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.mutual_interest_visible_to(user).defer(
            "need__search", "technology__search"
        ),
        since=lambda pair: pair.answered_at,
        line=_pair,
        route="matches:mutual",
        settling=Settling(
            _introduce, lambda pair: _("Introduced: %(title)s") % {"title": _organisations(pair)}
        ),
    )
)
