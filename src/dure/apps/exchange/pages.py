"""The tabs of exchange, those that everybody gets and those of the office, and the way to a page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.exchange import permissions, queries
from dure.apps.people.queries import Reader


def tabs(reader: Reader, current: str) -> list[dict[str, Any]]:
    """The pages that this reader gets, with the one they are on."""
    runs, reads = permissions.may_run(reader), permissions.may_read_figures(reader)
    is_home = not queries.is_from_abroad(reader)
    offered = [
        ("meetings", pgettext("exchange", "Meetings"), True),
        ("listings", _("Technologies for exchange"), True),
        ("contacts", _("Open exchange"), True),
        ("requests", pgettext("exchange", "Requests"), True),
        ("accords", _("Memoranda and contracts"), True),
        ("partners", _("Partner agencies"), True),
        ("organisations", _("Organisations from abroad"), is_home),
        ("interpreters", _("Interpreters"), runs),
        ("rates", _("Rates"), runs),
        ("words", _("Translations"), runs),
        ("figures", _("Results by country"), reads),
    ]
    return [
        {"label": label, "url": reverse(f"exchange:{name}"), "current": name == current}
        for name, label, is_there in offered
        if is_there
    ]


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the first page of exchange; the last of `more` is where one is."""
    way = [{"label": _("International exchange"), "url": reverse("exchange:meetings")}]
    way += [{"label": label, "url": url} if url else {"label": label} for label, url in more]
    return way
