"""Outcomes from a spreadsheet."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.imports.kinds import SheetImport
from dure.apps.outcomes import operations, permissions
from dure.apps.outcomes.adapter import COLUMNS
from dure.apps.outcomes.pages import crumbs

OUTCOMES = SheetImport(
    route="outcomes:import",
    jobs=(operations.CHECK, operations.IMPORT),
    name=_("Outcomes"),
    title=_("Outcomes from a spreadsheet"),
    lead=_(
        "One line for each outcome. Each is a report: it counts once somebody else confirms it."
    ),
    about=_(
        "The second sheet says what each column means. Which cells a line needs depends on its kind."
    ),
    taken_in=_("The outcomes are reported. The other sides are asked to confirm them."),
    check=operations.check_outcomes,
    check_label=_("Check of a list of outcomes"),
    take=operations.import_outcomes,
    take_label=_("Import of a list of outcomes"),
    may=lambda user, _of: permissions.may_import(user),
    columns=lambda _of: COLUMNS,
    crumbs=lambda title, _of: crumbs(title),
    results=lambda _of: reverse("outcomes:list"),
)
