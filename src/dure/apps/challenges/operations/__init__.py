"""Everything that changes discoveries and candidates."""

from dure.apps.challenges.operations.discovering import (
    add_centre,
    announce,
    call_off,
    name_committee,
    open_discovery,
    select,
    start_verification,
)
from dure.apps.challenges.operations.judging import close_round, judge, open_round
from dure.apps.challenges.operations.merging import agree_to_merge, answer_pair, find_similar
from dure.apps.challenges.operations.texts import (
    Text,
    approve,
    comment,
    gather,
    revise,
    withdraw,
)

__all__ = [
    "Text",
    "add_centre",
    "agree_to_merge",
    "announce",
    "answer_pair",
    "approve",
    "call_off",
    "close_round",
    "comment",
    "find_similar",
    "gather",
    "judge",
    "name_committee",
    "open_discovery",
    "open_round",
    "revise",
    "select",
    "start_verification",
    "withdraw",
]
