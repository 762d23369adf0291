"""Lists of exchange from spreadsheets: organisations from abroad, technologies, who takes part."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dure.apps.exchange import operations, permissions, queries
from dure.apps.exchange.adapter import ABROAD_COLUMNS, LISTING_COLUMNS, PART_COLUMNS
from dure.apps.exchange.models import ExchangeMeeting
from dure.apps.exchange.pages import crumbs
from dure.apps.imports.kinds import SheetImport
from dure.apps.people.models import User

ABROAD = SheetImport(
    route="exchange:abroad_sheet",
    jobs=(operations.CHECK_ABROAD, operations.IMPORT_ABROAD),
    name=_("Organisations from abroad"),
    title=_("Organisations from abroad from a spreadsheet"),
    lead=_(
        "One line for each organisation, with its LEI or its number in a register. A colleague "
        "verifies each of them afterwards."
    ),
    taken_in=_("The organisations from abroad are entered."),
    check=operations.check_abroad,
    check_label=_("Check of organisations from abroad"),
    take=operations.import_abroad,
    take_label=_("Import of organisations from abroad"),
    may=lambda user, _of: permissions.may_run(user),
    columns=lambda _of: ABROAD_COLUMNS,
    crumbs=lambda title, _of: crumbs(
        (say("Organisations from abroad"), reverse("exchange:organisations")), (title, "")
    ),
    results=lambda _of: reverse("exchange:organisations"),
)
LISTINGS = SheetImport(
    route="exchange:listing_sheet",
    jobs=(operations.CHECK_LISTINGS, operations.IMPORT_LISTINGS),
    name=_("Technologies for exchange"),
    title=_("Technologies for exchange from a spreadsheet"),
    lead=_("One line for each published technology: whose it is, and its title."),
    taken_in=_("The technologies are registered for exchange."),
    check=operations.check_listings,
    check_label=_("Check of technologies for exchange"),
    take=operations.import_listings,
    take_label=_("Import of technologies for exchange"),
    may=lambda user, _of: permissions.may_run(user),
    columns=lambda _of: LISTING_COLUMNS,
    crumbs=lambda title, _of: crumbs(
        (say("Technologies for exchange"), reverse("exchange:listings")), (title, "")
    ),
    results=lambda _of: reverse("exchange:listings"),
)


def _meeting(user: User, pk: Any) -> ExchangeMeeting:
    if not permissions.may_run(user):
        raise Http404
    return get_object_or_404(queries.meetings_visible_to(user), pk=pk)


PARTS = SheetImport(
    route="exchange:part_sheet",
    jobs=(operations.CHECK_PARTS, operations.IMPORT_PARTS),
    name=_("Who takes part"),
    title=_("Who takes part, from a spreadsheet"),
    lead=_(
        "One line for each organisation that the office asks, with the delegation it comes with. "
        "A colleague still selects each of them."
    ),
    taken_in=_("They are asked to the meeting."),
    of="meeting",
    find=_meeting,
    check=operations.check_parts,
    check_label=_("Check of a list of who takes part"),
    take=operations.import_parts,
    take_label=_("Import of a list of who takes part"),
    may=permissions.may_change_meeting,
    columns=lambda _meeting: PART_COLUMNS,
    crumbs=lambda title, meeting: crumbs((str(meeting), meeting.get_absolute_url()), (title, "")),
    results=lambda meeting: meeting.get_absolute_url(),
)
