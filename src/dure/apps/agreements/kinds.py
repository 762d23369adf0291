"""Accounts and entries of agreements in the ledger."""

from django.utils.translation import gettext_lazy as _

from dure.apps.ledger.kinds import Side, account_kind, entry_kind
from dure.apps.records.kinds import record_kind

DUE = account_kind("DUE", _("Promised and not yet paid"), Side.DEBIT, has_floor=True)
FUNDING = account_kind("FUNDING", _("Promised by payers"), Side.CREDIT, has_floor=True)
CASH = account_kind("CASH", _("Money of projects"), Side.DEBIT, has_floor=True)
IN_KIND = account_kind("IN_KIND", _("Given in kind"), Side.DEBIT)
GUARANTEED = account_kind("GUARANTEED", _("Guarantees given"), Side.DEBIT)
INVESTED = account_kind("INVESTED", _("Invested in firms or lent to them"), Side.DEBIT)

RESERVATION = entry_kind("RESERVATION", _("Reserved for an agreement"))
RELEASE = entry_kind("RELEASE", _("Released again"))
COMMITMENT = entry_kind("COMMITMENT", _("Agreement signed"))
PAYMENT = entry_kind("PAYMENT", _("Payment"))
CHANGE = entry_kind("CHANGE", _("Change of an agreement"))

SIGNED = record_kind("AGREEMENT_SIGNED", _("Signature under an agreement"))
ACCEPTED = record_kind("AGREEMENT_FILE_ACCEPTED", _("Acceptance of a file signed outside"))
