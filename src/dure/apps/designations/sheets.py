"""Entries of a register from a spreadsheet."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.designations import operations, permissions
from dure.apps.designations.adapter import columns_of
from dure.apps.designations.pages import crumbs, register_for
from dure.apps.imports.kinds import SheetImport

ENTRIES = SheetImport(
    route="designations:import",
    jobs=(operations.CHECK, operations.IMPORT),
    name=_("Registers"),
    title=_("From a spreadsheet"),
    lead=_(
        "One line for each entry. The same number again changes the entry; another status is a step "
        "of its day."
    ),
    taken_in=_("The register is up to date."),
    of="register",
    find=lambda _user, slug: register_for(slug),
    check=operations.check_entries,
    check_label=_("Check of a register"),
    take=operations.import_entries,
    take_label=_("Import of a register"),
    may=lambda user, _register: permissions.may_run(user),
    columns=columns_of,
    crumbs=lambda title, register: crumbs(title, register=register),
    results=lambda register: reverse("designations:register", args=[register.id]),
)
