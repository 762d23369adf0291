"""Facts from a spreadsheet."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.imports.kinds import SheetImport
from dure.apps.registers import operations, permissions
from dure.apps.registers.adapter import FACT_COLUMNS
from dure.apps.registers.presenters import crumbs

FACTS = SheetImport(
    route="registers:import",
    jobs=(operations.CHECK, operations.IMPORT),
    name=_("Facts from registers"),
    title=_("Take in a list of facts"),
    lead=_("One line for each fact: whose, what, as of which day, from which list."),
    about=_("The second sheet says what each column means; the facts can be chosen from a list."),
    taken_in=_("The facts count from now on. The managers of the organisations are told."),
    check=operations.check_facts,
    check_label=_("Check of a list of facts"),
    take=operations.import_facts,
    take_label=_("Import of a list of facts"),
    may=lambda user, _of: permissions.may_record(user),
    columns=lambda _of: FACT_COLUMNS,
    crumbs=lambda title, _of: crumbs(title),
    results=lambda _of: reverse("registers:facts"),
)
