"""The money of groups in words, figures and workbooks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.groups import queries
from dure.apps.groups.kinds import BookingKind
from dure.apps.groups.models import Group
from dure.foundation.ui.listing import Rows, Sheet


def money_figures(group: Group, today: date) -> list[dict[str, Any]]:
    """What is there, what came in and went out this year, what is owed."""
    account = queries.account(group, today.year)
    owed = queries.owed(group)
    unit = _("won")
    return [
        {"number": f"{account.closing:,}", "unit": unit, "label": _("Balance")},
        {"number": f"{account.came_in:,}", "unit": unit, "label": _("Came in this year")},
        {"number": f"{account.went_out:,}", "unit": unit, "label": _("Went out this year")},
        {"number": f"{owed:,}", "unit": unit, "label": _("Dues still owed")},
    ]


def by_kind(sums: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Sums by what they were for."""
    return [{"label": BookingKind(kind).label, "amount": amount} for kind, amount in sums]


def booking_sheet(rows: Rows) -> Sheet:
    """Bookings as a sheet; spending has a minus."""
    return {
        "title": _("Bookings"),
        "headers": [
            _("Day"), _("What for"), _("From or to whom"), _("Note"), _("Amount"), _("Receipt"),
        ],
        "rows": [
            [
                booking.on, booking.get_kind_display(), booking.party, booking.text,
                booking.amount if booking.is_income else -booking.amount, booking.receipt,
            ]
            for booking in rows
        ],
    }  # fmt: skip


def account_sheet(group: Group, account: queries.Account) -> Sheet:
    """The account of a year as a sheet."""
    lines = [[_("Carried over"), "", account.opening]]
    lines += [[_("Income"), BookingKind(k).label, amount] for k, amount in account.income]
    lines += [[_("Spending"), BookingKind(k).label, -amount] for k, amount in account.spending]
    lines.append([_("Left at the end"), "", account.closing])
    return {
        "title": _("Account %(year)s") % {"year": account.year},
        "headers": ["", _("What for"), _("Amount")],
        "rows": lines,
        "name": f"{group} {account.year}",
    }
