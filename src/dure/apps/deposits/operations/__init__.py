"""Keys, deposits, their keeping and their release."""

from dure.apps.deposits.operations.depositing import (
    MOST_FILES,
    PURPOSE,
    UsedBy,
    begin_upload,
    deposit,
)
from dure.apps.deposits.operations.keeping import (
    accept,
    destroy_due,
    enter_payment,
    lapse_due,
    notify_due,
    renew,
    send_back,
    withdraw,
)
from dure.apps.deposits.operations.keys import (
    change_passphrase,
    hand_over,
    set_key,
    set_officer_key,
)
from dure.apps.deposits.operations.opening import open_file, open_released, secret_of
from dure.apps.deposits.operations.releasing import (
    ask_release,
    grant,
    object_to,
    refuse,
    take_back,
)

__all__ = [
    "MOST_FILES",
    "PURPOSE",
    "UsedBy",
    "accept",
    "ask_release",
    "begin_upload",
    "change_passphrase",
    "deposit",
    "destroy_due",
    "enter_payment",
    "grant",
    "hand_over",
    "lapse_due",
    "notify_due",
    "object_to",
    "open_file",
    "open_released",
    "refuse",
    "renew",
    "secret_of",
    "send_back",
    "set_key",
    "set_officer_key",
    "take_back",
    "withdraw",
]
