"""Everything that changes international exchange."""

from dure.apps.exchange.operations.accords import NewAccord, enter_accord, enter_rate, follow_up
from dure.apps.exchange.operations.contacts import close, open_contact, write
from dure.apps.exchange.operations.importing import (
    CHECK_ABROAD,
    CHECK_LISTINGS,
    CHECK_PARTS,
    IMPORT_ABROAD,
    IMPORT_LISTINGS,
    IMPORT_PARTS,
    check_abroad,
    check_listings,
    check_parts,
    import_abroad,
    import_listings,
    import_parts,
)
from dure.apps.exchange.operations.meetings import (
    add_delegation,
    change_meeting,
    move,
    plan_meeting,
)
from dure.apps.exchange.operations.partners import (
    NewAbroad,
    enter_partner,
    plan_with,
    register_abroad,
    register_listing,
)
from dure.apps.exchange.operations.requests import ask, report, take
from dure.apps.exchange.operations.taking_part import answer, apply, invite, withdraw
from dure.apps.exchange.operations.talks import (
    arrange,
    assign,
    enter_interpreter,
    place_talks,
    plan_interpreters,
    record_talk,
)
from dure.apps.exchange.operations.words import TRANSLATE, ask_machine, confirm_text, translate

__all__ = [
    "CHECK_ABROAD",
    "CHECK_LISTINGS",
    "CHECK_PARTS",
    "IMPORT_ABROAD",
    "IMPORT_LISTINGS",
    "IMPORT_PARTS",
    "TRANSLATE",
    "NewAbroad",
    "NewAccord",
    "add_delegation",
    "answer",
    "apply",
    "arrange",
    "ask",
    "ask_machine",
    "assign",
    "change_meeting",
    "check_abroad",
    "check_listings",
    "check_parts",
    "close",
    "confirm_text",
    "enter_accord",
    "enter_interpreter",
    "enter_partner",
    "enter_rate",
    "follow_up",
    "import_abroad",
    "import_listings",
    "import_parts",
    "invite",
    "move",
    "open_contact",
    "place_talks",
    "plan_interpreters",
    "plan_meeting",
    "plan_with",
    "record_talk",
    "register_abroad",
    "register_listing",
    "report",
    "take",
    "translate",
    "withdraw",
    "write",
]
