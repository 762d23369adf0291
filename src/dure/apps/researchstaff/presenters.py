"""How the pages of researchers show things."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.people.queries import Reader
from dure.apps.researchstaff import permissions, queries


def firm_rows(user: Reader) -> list[dict[str, Any]]:
    """The firms that ask for a researcher, and what each may read."""
    return [
        {
            "candidate": candidate,
            "consent": queries.consent_for(candidate),
            "may_consent": permissions.may_consent(user, candidate),
        }
        for candidate in queries.firms_asking(user)
    ]


def figures() -> list[dict[str, Any]]:
    """Applications and requests in numbers."""
    known = queries.figures()
    return [
        {"label": _("Researchers who look for a firm"), "number": known["researchers"]},
        {"label": _("Requests of firms"), "number": known["asked"]},
        {"label": pgettext("researcher", "Still open"), "number": known["open"]},
        {"label": _("Placed for the whole term"), "number": known["placed"]},
    ]
