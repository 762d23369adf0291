"""Everything that changes technology deals."""

from dure.apps.deals.operations.concluding import NewPayment, enter_payment, set_terms, sign
from dure.apps.deals.operations.filing import NewDeal, entrust, file, judge, move, propose, take

__all__ = [
    "NewDeal",
    "NewPayment",
    "enter_payment",
    "entrust",
    "file",
    "judge",
    "move",
    "propose",
    "set_terms",
    "sign",
    "take",
]
