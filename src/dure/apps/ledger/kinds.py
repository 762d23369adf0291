"""What accounts and entries there are, and what they name; apps bring more of each.

An account belongs to a subject and an entry has a cause. Both are references such as
"appropriation:12": a word that some app registers here, and the id of a row of that app.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.registry import Registry


@dataclass(frozen=True, slots=True)
class AccountKind:
    """What an account is for; `grows_by` is the side on which it grows.

    The balance of a `has_floor` account never falls below nought; the database refuses it.
    """

    code: str
    label: Promise
    grows_by: "Side"
    has_floor: bool = False


class Side(TextChoices):
    """The two sides of double entry; in the database debit is positive."""

    DEBIT = "DEBIT", _("Debit")
    CREDIT = "CREDIT", _("Credit")

    @property
    def sign(self) -> int:
        """What an amount of this side is multiplied with in the database."""
        return 1 if self is Side.DEBIT else -1


class Mention(NamedTuple):
    """What a reference is called, and its page."""

    label: str
    url: str


Describe = Callable[[Collection[int]], Mapping[int, Mention]]

ACCOUNT_KINDS = Registry[AccountKind]("kind of account")
ENTRY_KINDS = Registry[Promise]("kind of entry")
REFERENCES = Registry[Describe]("word of a reference")


def account_kind(
    code: str, label: Promise, grows_by: Side, *, has_floor: bool = False
) -> AccountKind:
    """Register a kind of account."""
    return ACCOUNT_KINDS.add(code, AccountKind(code, label, grows_by, has_floor))


def entry_kind(code: str, label: Promise) -> str:
    """Register a kind of entry; gives its code."""
    ENTRY_KINDS.add(code, label)
    return code


APPROPRIATED = account_kind("APPROPRIATED", _("Appropriated"), Side.CREDIT, has_floor=True)
FREE = account_kind("FREE", _("Free"), Side.DEBIT, has_floor=True)
RESERVED = account_kind("RESERVED", _("Reserved"), Side.DEBIT, has_floor=True)
COMMITTED = account_kind("COMMITTED", _("Committed"), Side.DEBIT, has_floor=True)
PAID = account_kind("PAID", _("Paid"), Side.DEBIT, has_floor=True)

APPROPRIATION = entry_kind("APPROPRIATION", _("Appropriation"))
CORRECTION = entry_kind("CORRECTION", _("Correction"))


class FaultKind(TextChoices):
    """What the check of the ledger finds."""

    ENTRY_CHANGED = "ENTRY_CHANGED", _("The entry is not what was posted.")
    LINES_MISSING = "LINES_MISSING", _("Lines of the entry are missing.")
    LINES_ADDED = "LINES_ADDED", _("The entry has more lines than were posted.")
    UNBALANCED = "UNBALANCED", _("The entry does not balance.")
    DAYS_DIFFER = "DAYS_DIFFER", _("A line has another day than its entry.")
    LINE_WITHOUT_ENTRY = "LINE_WITHOUT_ENTRY", _("The line belongs to no entry.")
    ENTRIES_GONE = "ENTRIES_GONE", _("Entries that were sealed are missing.")
    ENTRIES_SLIPPED_IN = "ENTRIES_SLIPPED_IN", _("There are more entries than were sealed.")
    SEAL_BROKEN = "SEAL_BROKEN", _("The sealed entries are others than those that are here.")
    SEALS_GONE = "SEALS_GONE", _("Seals are missing; the last one is kept outside the database.")
    BALANCE_WRONG = "BALANCE_WRONG", _("The balance is not the sum of the lines.")
    BELOW_FLOOR = "BELOW_FLOOR", _("The balance is below nought.")
    FLOOR_LIFTED = "FLOOR_LIFTED", _("The account has another floor than its kind.")
    GUARD_MISSING = "GUARD_MISSING", _("A rule of the database is missing or switched off.")
