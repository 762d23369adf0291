"""What runs beside plain grants, its payers, and its accounts and entries in the ledger."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.ledger.kinds import Side, account_kind, entry_kind

COLLECTION = "collect_savings"
"""The job that takes a list of monthly payments in."""


class SchemeKind(TextChoices):
    """How the money of a scheme comes together and where it goes."""

    FUND = "FUND", _("Mutual fund")
    SAVINGS = "SAVINGS", _("Savings")
    VOUCHER = "VOUCHER", _("Voucher")
    CHAIN = "CHAIN", _("Steps of several institutions")


class Payer(TextChoices):
    """The three who save together, each the same amount."""

    WORKER = "worker", _("Worker")
    FIRM = "firm", _("Firm")
    GOVERNMENT = "government", _("Government")


class MovementKind(TextChoices):
    """What moves the money of a stake."""

    PAID_IN = "PAID_IN", _("Paid in")
    DRAWN = "DRAWN", _("Paid to a project")
    SPENT = "SPENT", _("Voucher used")
    PAID_OUT = "PAID_OUT", _("Paid out to the saver")
    RETURNED = "RETURNED", _("Returned to the payer")
    STEP = "STEP", pgettext_lazy("instrument", "Step")


DUE = account_kind("STAKE_DUE", _("Pledged and not yet paid in"), Side.DEBIT, has_floor=True)
HELD = account_kind("STAKE_HELD", _("Paid in and held"), Side.DEBIT, has_floor=True)
GIVEN = account_kind("STAKE_GIVEN", _("Given on"), Side.DEBIT)
RETURNED = account_kind("STAKE_RETURNED", _("Returned to payers"), Side.DEBIT)
FREE = account_kind("STAKE_FREE", _("Pledged and free"), Side.CREDIT, has_floor=True)
COMMITTED = account_kind(
    "STAKE_COMMITTED", _("Pledged and committed to projects"), Side.CREDIT, has_floor=True
)
DRAWN = account_kind("STAKE_DRAWN", _("Pledged and used"), Side.CREDIT)

PLEDGE = entry_kind("PLEDGE", _("Pledge"))
PAID_IN = entry_kind("PAID_IN", _("Payment into a scheme"))
POOLED = entry_kind("POOLED", _("Fund committed to a project"))
DRAWDOWN = entry_kind("DRAWDOWN", _("Drawdown from a fund"))
VOUCHER = entry_kind("VOUCHER", _("Voucher"))
LEAVING = entry_kind("LEAVING", _("End of a stake"))
STEP = entry_kind("STEP", _("Step confirmed by an institution"))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A reason to leave savings early, and of each payer from how many months which part stays."""

    id: str
    ko: str
    en: str
    kept: dict[str, Sequence[tuple[int, Fraction]]]

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ko


@cache
def leavings() -> dict[str, Leaving]:
    """The reasons to leave early, by their ids: `files/savings.toml`."""
    script = tomllib.loads(
        (Path(__file__).parent / "files" / "savings.toml").read_text(encoding="utf-8")
    )
    return {
        row["id"]: Leaving(
            row["id"],
            row["name"]["ko"],
            row["name"]["en"],
            {
                payer: [(months, Fraction(part)) for months, part in row[payer]]
                for payer in (Payer.FIRM, Payer.GOVERNMENT)
            },
        )
        for row in script["leaving"]
    }
