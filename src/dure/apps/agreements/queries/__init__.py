"""Who sees which agreements, who signs for whom, and what holds a payment."""

from dure.apps.agreements.queries.agreements import (
    agreement_of,
    agreements_by_id,
    agreements_visible_to,
    gives_first,
    instalments_by_id,
    leads,
    narrowed,
    open_text,
    own_parties,
    parties_acted_for,
    parties_by_id,
    parties_left,
    signers_of,
    takes_part_anywhere,
    to_expire,
    to_sign,
)
from dure.apps.agreements.queries.eligibility import is_barred
from dure.apps.agreements.queries.payments import (
    due_instalments,
    figures_of,
    hold_of,
    instalments_visible_to,
    paid_by_party,
    payable,
    to_confirm,
)
from dure.apps.people.queries import is_office

__all__ = [
    "agreement_of",
    "agreements_by_id",
    "agreements_visible_to",
    "due_instalments",
    "figures_of",
    "gives_first",
    "hold_of",
    "instalments_by_id",
    "instalments_visible_to",
    "is_barred",
    "is_office",
    "leads",
    "narrowed",
    "open_text",
    "own_parties",
    "paid_by_party",
    "parties_acted_for",
    "parties_by_id",
    "parties_left",
    "payable",
    "signers_of",
    "takes_part_anywhere",
    "to_confirm",
    "to_expire",
    "to_sign",
]
