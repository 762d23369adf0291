"""How royalties look as a workbook."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.royalties.models import Royalty


def sheet(royalties: Iterable[Royalty]) -> dict[str, Any]:
    """Royalties, one in a row, in whole won."""
    headers = [
        *(_("Project"), _("Who pays"), _("Year of the income"), _("Status"), _("Report due")),
        *(_("Licence income (won)"), _("Own sales with the result (won)")),
        *(_("Contribution of the result (%)"), _("Income (won)"), _("Relief (won)")),
        *(_("Billed (won)"), _("Billed"), _("Pay by"), _("Open (won)")),
    ]
    rows = [
        [
            str(royalty.project), str(royalty.organisation), royalty.year,
            royalty.get_stage_display(), royalty.due_on, royalty.licence_income, royalty.sales,
            royalty.contribution, royalty.income, royalty.relief, royalty.amount,
            royalty.billed_on, royalty.pay_by, royalty.open,
        ]
        for royalty in royalties
    ]  # fmt: skip
    return {"title": _("Royalties"), "headers": headers, "rows": rows}
