"""How applications are shown: the task list, the money, the whole of one, what the office sees."""

from dure.apps.applications.presenters.checks import kept_checks
from dure.apps.applications.presenters.content import content_rows
from dure.apps.applications.presenters.life import crumbs, left, moves, path, standing
from dure.apps.applications.presenters.money import Money, money_of
from dure.apps.applications.presenters.office import (
    call_crumbs,
    figures,
    office_rows,
    opened_crumbs,
    own_sheet,
    sheet,
)
from dure.apps.applications.presenters.plans import form_problems
from dure.apps.applications.presenters.receipt import receipt_mail, receipt_paper
from dure.apps.applications.presenters.tasks import (
    Group,
    Task,
    limit_of,
    members,
    missing_sentence,
    next_task,
    tasks,
    title_of,
)

__all__ = [
    "Group",
    "Money",
    "Task",
    "call_crumbs",
    "content_rows",
    "crumbs",
    "figures",
    "form_problems",
    "kept_checks",
    "left",
    "limit_of",
    "members",
    "missing_sentence",
    "money_of",
    "moves",
    "next_task",
    "office_rows",
    "opened_crumbs",
    "own_sheet",
    "path",
    "receipt_mail",
    "receipt_paper",
    "sheet",
    "standing",
    "tasks",
    "title_of",
]
