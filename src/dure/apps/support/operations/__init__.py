"""Everything that changes requests for support, partners and pools of experts."""

from dure.apps.support.operations.asking import ask, assign_body, name_body
from dure.apps.support.operations.disputing import gather, name_panelist
from dure.apps.support.operations.importing import (
    CHECK,
    IMPORT,
    check_profiles,
    import_profiles,
)
from dure.apps.support.operations.matching import answer, propose, set_open
from dure.apps.support.operations.owning import forget, hand_over, postpone, take_on, warn
from dure.apps.support.operations.pools import (
    answer_invitation,
    find_task,
    hold_programme,
    invite,
    link_task,
)
from dure.apps.support.operations.stepping import caps_of, last_day, take
from dure.apps.support.operations.working import note_visit, rate, report

__all__ = [
    "CHECK",
    "IMPORT",
    "answer",
    "answer_invitation",
    "ask",
    "assign_body",
    "caps_of",
    "check_profiles",
    "find_task",
    "forget",
    "gather",
    "hand_over",
    "hold_programme",
    "import_profiles",
    "invite",
    "last_day",
    "link_task",
    "name_body",
    "name_panelist",
    "note_visit",
    "postpone",
    "propose",
    "rate",
    "report",
    "set_open",
    "take",
    "take_on",
    "warn",
]
