"""The yearly survey of groups, and what the bank of one says, from spreadsheets."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.groups import operations, permissions, queries
from dure.apps.groups.adapter import COLUMNS
from dure.apps.groups.models import Group
from dure.apps.groups.pages import crumbs
from dure.apps.imports.kinds import SheetImport
from dure.apps.people.models import User

SURVEY = SheetImport(
    route="groups:survey",
    jobs=(operations.CHECK, operations.IMPORT),
    name=_("Survey of groups"),
    title=_("Survey of groups"),
    lead=_("One line for each unit group. The same name again changes the group."),
    taken_in=_("The groups are up to date."),
    check=operations.check_groups,
    check_label=_("Check of a survey of groups"),
    take=operations.import_groups,
    take_label=_("Import of a survey of groups"),
    may=lambda user, _of: permissions.may_run(user),
    columns=lambda _of: COLUMNS,
    crumbs=lambda title, _of: crumbs(None, title),
    results=lambda _of: reverse("groups:groups"),
)


def _group(user: User, pk: Any) -> Group:
    return get_object_or_404(queries.groups_visible_to(user), pk=pk)


def _bank_crumbs(title: str, group: Group) -> list[dict[str, str]]:
    money = {"label": str(_("Dues and account")), "url": reverse("groups:money", args=[group.pk])}
    return [*crumbs(group), money, {"label": title}]


BANK = SheetImport(
    route="groups:bank",
    jobs=(operations.CHECK_BANK, operations.IMPORT_BANK),
    name=_("Bank's file"),
    title=_("Bank's file"),
    about=_(
        "Download the transactions of the group's account from your bank, as Excel or CSV, and hand "
        "them over as they are. You first see what it would do. What came in under the name of a "
        "member counts as its dues; the rest you assign yourself. The same row is never booked twice."
    ),
    taken_in=_("The bookings are made."),
    first_titles=_("Payments to assign"),
    of="group",
    find=_group,
    is_private=True,
    check=operations.check_bank,
    check_label=_("Check of a bank's file of a group"),
    take=operations.import_bank,
    take_label=_("Import of a bank's file of a group"),
    may=lambda user, group: permissions.may_act_for(user, group, localdate()),
    crumbs=_bank_crumbs,
    results=lambda group: reverse("groups:money", args=[group.pk]),
)
