"""Everything that changes projects."""

from dure.apps.projects.operations.collecting import (
    agree_instalments,
    move_recovery,
    record_payment,
)
from dure.apps.projects.operations.ending import (
    answer_follow_up,
    ask_follow_ups,
    close,
    decide_sanction,
    give_notice,
    give_up,
    judge_project,
    plead,
    stop,
)
from dure.apps.projects.operations.importing import check_statement, import_statement
from dure.apps.projects.operations.opening import Line, Party, open_project
from dure.apps.projects.operations.settling import (
    answer_mark,
    computed,
    conclude,
    demand,
    judge_mark,
    mark_row,
    name_accountant,
    open_settlement,
)
from dure.apps.projects.operations.spending import (
    add_evidence,
    change_expense,
    decide,
    file_expense,
    justify,
    name_share,
    remove_expense,
)
from dure.apps.projects.operations.taking_over import (
    follow_agreement,
    open_of_agreement,
    open_signed,
    take_in,
)
from dure.apps.projects.operations.talking import (
    confirm_milestone,
    report_milestone,
    submit_report,
    write,
)

__all__ = [
    "Line",
    "Party",
    "add_evidence",
    "agree_instalments",
    "answer_follow_up",
    "answer_mark",
    "ask_follow_ups",
    "change_expense",
    "check_statement",
    "close",
    "computed",
    "conclude",
    "confirm_milestone",
    "decide",
    "decide_sanction",
    "demand",
    "file_expense",
    "follow_agreement",
    "give_notice",
    "give_up",
    "import_statement",
    "judge_mark",
    "judge_project",
    "justify",
    "mark_row",
    "move_recovery",
    "name_accountant",
    "name_share",
    "open_of_agreement",
    "open_project",
    "open_settlement",
    "open_signed",
    "plead",
    "record_payment",
    "remove_expense",
    "report_milestone",
    "stop",
    "submit_report",
    "take_in",
    "write",
]
