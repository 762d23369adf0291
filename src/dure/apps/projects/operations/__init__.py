"""Everything that changes projects."""

from dure.apps.projects.operations.carrying import ask_carry_over, decide_carry_over
from dure.apps.projects.operations.collecting import (
    agree_instalments,
    charge_interest,
    move_recovery,
    record_payment,
)
from dure.apps.projects.operations.drawing import draw_month
from dure.apps.projects.operations.ending import (
    answer_follow_up,
    ask_follow_ups,
    close,
    decide_sanction,
    decide_special,
    give_notice,
    give_up,
    judge_project,
    open_special,
    plead,
    stop,
)
from dure.apps.projects.operations.importing import check_statement, import_statement
from dure.apps.projects.operations.objecting import (
    decide_objection,
    disallowed_rows,
    raise_objection,
)
from dure.apps.projects.operations.opening import Line, Party, end_stage, open_project
from dure.apps.projects.operations.settling import (
    answer_mark,
    computed,
    conclude,
    demand,
    examine_all,
    judge_mark,
    mark_row,
    name_accountant,
    open_settlement,
    settle_stage,
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
    "ask_carry_over",
    "ask_follow_ups",
    "change_expense",
    "charge_interest",
    "check_statement",
    "close",
    "computed",
    "conclude",
    "confirm_milestone",
    "decide",
    "decide_carry_over",
    "decide_objection",
    "decide_sanction",
    "decide_special",
    "demand",
    "disallowed_rows",
    "draw_month",
    "end_stage",
    "examine_all",
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
    "open_special",
    "plead",
    "raise_objection",
    "record_payment",
    "remove_expense",
    "report_milestone",
    "settle_stage",
    "stop",
    "submit_report",
    "take_in",
    "write",
]
