"""What the ledger calls the money of royalties."""

from django.utils.translation import gettext_lazy as _

from dure.apps.ledger.kinds import Side, account_kind, entry_kind

ROYALTY_DUE = account_kind("ROYALTY_DUE", _("Royalties to come"), Side.DEBIT, has_floor=True)
ROYALTY_BILLED = account_kind("ROYALTY_BILLED", _("Royalties billed"), Side.CREDIT, has_floor=True)
ROYALTY_RECEIVED = account_kind("ROYALTY_RECEIVED", _("Royalties received"), Side.DEBIT)
ROYALTY_INCOME = account_kind("ROYALTY_INCOME", _("Royalties paid by firms"), Side.CREDIT)

BILL = entry_kind("ROYALTY_BILL", _("Bill of a royalty"))
PAYMENT = entry_kind("ROYALTY_PAYMENT", _("Payment of a royalty"))
