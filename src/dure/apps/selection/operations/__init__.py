"""Everything that changes selections."""

from dure.apps.selection.operations.asking import (
    answer_question,
    ask_applicant,
    decline_question,
    give_opinion,
    pass_on,
    plan_visit,
    pledge_as_owner,
    report_visit,
)
from dure.apps.selection.operations.assigning import assign_reviewers
from dure.apps.selection.operations.conflicts import (
    declare_conflict,
    find_conflicts,
    lift_conflict,
    look_through_all,
    pin_conflict,
)
from dure.apps.selection.operations.consensus import (
    close_panel,
    confirm_minutes,
    elect_chair,
    start_consensus,
    write_minutes,
)
from dure.apps.selection.operations.deciding import (
    Change,
    change_line,
    decide,
    move_up,
    propose,
    record_withdrawal,
    send_back,
)
from dure.apps.selection.operations.interests import (
    NewInterest,
    declare_interest,
    end_interest,
)
from dure.apps.selection.operations.meeting import give_up_seat, plan_day, remind, remind_due
from dure.apps.selection.operations.objecting import (
    name_voters,
    object_to,
    replace_voter,
    settle,
    vote,
)
from dure.apps.selection.operations.pool import accept, bar, decline, invite, set_absence
from dure.apps.selection.operations.preparing import (
    begin,
    check_item,
    form_panels,
    replace_member,
)
from dure.apps.selection.operations.rejudging import judge_across, judge_again, judge_for_conflict
from dure.apps.selection.operations.renewing import (
    decide_renewal,
    drop_renewal,
    propose_renewal,
)
from dure.apps.selection.operations.scoring import pledge, save_sheet
from dure.apps.selection.operations.supplementing import hand_in_missing
from dure.apps.selection.operations.works import (
    CHECK_WORKS,
    IMPORT_WORKS,
    MOST_WORKS,
    check_works,
    import_works,
    remove_work,
)

__all__ = [
    "CHECK_WORKS",
    "IMPORT_WORKS",
    "MOST_WORKS",
    "Change",
    "NewInterest",
    "accept",
    "answer_question",
    "ask_applicant",
    "assign_reviewers",
    "bar",
    "begin",
    "change_line",
    "check_item",
    "check_works",
    "close_panel",
    "confirm_minutes",
    "decide",
    "decide_renewal",
    "declare_conflict",
    "declare_interest",
    "decline",
    "decline_question",
    "drop_renewal",
    "elect_chair",
    "end_interest",
    "find_conflicts",
    "form_panels",
    "give_opinion",
    "give_up_seat",
    "hand_in_missing",
    "import_works",
    "invite",
    "judge_across",
    "judge_again",
    "judge_for_conflict",
    "lift_conflict",
    "look_through_all",
    "move_up",
    "name_voters",
    "object_to",
    "pass_on",
    "pin_conflict",
    "plan_day",
    "plan_visit",
    "pledge",
    "pledge_as_owner",
    "propose",
    "propose_renewal",
    "record_withdrawal",
    "remind",
    "remind_due",
    "remove_work",
    "replace_member",
    "replace_voter",
    "report_visit",
    "save_sheet",
    "send_back",
    "set_absence",
    "settle",
    "start_consensus",
    "vote",
    "write_minutes",
]
