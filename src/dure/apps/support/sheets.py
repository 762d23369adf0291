"""Partners and experts from a spreadsheet."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.imports.kinds import SheetImport
from dure.apps.support import operations, permissions
from dure.apps.support.adapter import columns
from dure.apps.support.pages import crumbs

PROFILES = SheetImport(
    route="support:import",
    jobs=(operations.CHECK, operations.IMPORT),
    name=_("Partners and experts"),
    title=_("Partners and experts from a spreadsheet"),
    lead=_("One line for each partner or expert. The same number again changes the profile."),
    taken_in=_("The list is up to date."),
    check=operations.check_profiles,
    check_label=_("Check of a list of partners"),
    take=operations.import_profiles,
    take_label=_("Import of a list of partners"),
    may=lambda user, _of: permissions.may_run(user),
    columns=lambda _of: columns(),
    crumbs=lambda title, _of: crumbs(title),
    results=lambda _of: reverse("support:profiles"),
)
