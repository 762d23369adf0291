"""What a reviewer did, from a spreadsheet."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.imports.kinds import SheetImport
from dure.apps.selection import operations, permissions, presenters
from dure.apps.selection.adapter import WORK_COLUMNS

WORKS = SheetImport(
    route="selection:works_import",
    jobs=(operations.CHECK_WORKS, operations.IMPORT_WORKS),
    name=_("Projects, patents, papers"),
    title=_("Take in a list of works"),
    lead=_(
        "One line for each project, patent or paper. The same file can be taken in again: what has "
        "changed is changed."
    ),
    taken_in=_("They are read from now on when panels are formed and members replaced."),
    check=operations.check_works,
    check_label=_("Check of a list of works"),
    take=operations.import_works,
    take_label=_("Import of a list of works"),
    may=lambda user, _of: permissions.may_keep_works(user),
    columns=lambda _of: WORK_COLUMNS,
    crumbs=lambda title, _of: presenters.works_crumbs(title),
    results=lambda _of: reverse("selection:works"),
)
