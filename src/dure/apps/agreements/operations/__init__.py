"""Everything that changes agreements: drawn up, signed, paid."""

from dure.apps.agreements.operations.annexing import NewAnnex, add_annex, remove_annex
from dure.apps.agreements.operations.approving import approve, name_approver, refuse_approval
from dure.apps.agreements.operations.bank import (
    Difference,
    order,
    reconcile,
    reference_of,
)
from dure.apps.agreements.operations.changing import (
    answer_change,
    ask_change,
    expire_changes,
    extend_answer,
    split_change,
    withdraw_change,
)
from dure.apps.agreements.operations.drafting import (
    NewCost,
    NewMoney,
    NewParty,
    confirm_fact,
    draft,
    drop,
    edit,
)
from dure.apps.agreements.operations.ending import end
from dure.apps.agreements.operations.giving_up import drop_given_up, follow_revocations
from dure.apps.agreements.operations.holding import hold_payments, release_payments
from dure.apps.agreements.operations.obliging import (
    answer_plea,
    complete_obligations,
    meet,
    plead,
    remind,
)
from dure.apps.agreements.operations.outside import (
    accept_file,
    decline_file,
    hand_in,
    withdraw_file,
)
from dure.apps.agreements.operations.particulars import set_particulars
from dure.apps.agreements.operations.paying import (
    ask_confirmation,
    confirm,
    enter_payment,
    refuse_confirmation,
)
from dure.apps.agreements.operations.reminding import remind_answers, remind_signers
from dure.apps.agreements.operations.replanning import replan
from dure.apps.agreements.operations.signing import (
    expire_due,
    open_for_signing,
    refuse,
    reopen,
    sign,
    take_signed_file,
)
from dure.apps.agreements.operations.taking_over import draft_decided, take_over

__all__ = [
    "Difference",
    "NewAnnex",
    "NewCost",
    "NewMoney",
    "NewParty",
    "accept_file",
    "add_annex",
    "answer_change",
    "answer_plea",
    "approve",
    "ask_change",
    "ask_confirmation",
    "complete_obligations",
    "confirm",
    "confirm_fact",
    "decline_file",
    "draft",
    "draft_decided",
    "drop",
    "drop_given_up",
    "edit",
    "end",
    "enter_payment",
    "expire_changes",
    "expire_due",
    "extend_answer",
    "follow_revocations",
    "hand_in",
    "hold_payments",
    "meet",
    "name_approver",
    "open_for_signing",
    "order",
    "plead",
    "reconcile",
    "reference_of",
    "refuse",
    "refuse_approval",
    "refuse_confirmation",
    "release_payments",
    "remind",
    "remind_answers",
    "remind_signers",
    "remove_annex",
    "reopen",
    "replan",
    "set_particulars",
    "sign",
    "split_change",
    "take_over",
    "take_signed_file",
    "withdraw_change",
    "withdraw_file",
]
