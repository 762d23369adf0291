"""Forms of royalties."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.royalties.models import WHOLE, Royalty
from dure.apps.royalties.stages import RoyaltyStage
from dure.foundation.ui.forms import TextField, WonField, long_text


class RoyaltiesForm(forms.Form):
    """Which royalties are listed."""

    words = TextField(label=_("Project or organisation"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *RoyaltyStage.choices], required=False
    )

    def narrow(self, royalties: QuerySet[Royalty]) -> QuerySet[Royalty]:
        """The royalties that fit."""
        if not self.is_valid():
            return royalties
        for word in self.cleaned_data["words"].split():
            royalties = royalties.filter(
                Q(project__title__icontains=word)
                | Q(project__number__icontains=word)
                | Q(organisation__name__icontains=word)
            )
        if stage := self.cleaned_data["stage"]:
            royalties = royalties.filter(stage=stage)
        return royalties


class ReportForm(forms.Form):
    """The income of a year."""

    licence_income = WonField(
        label=_("Licence income (won)"),
        min_value=0,
        help_text=_("What others paid for the use of the result. 0 where there was none."),
    )
    sales = WonField(
        label=_("Own sales with the result (won)"),
        min_value=0,
        help_text=_("Sales of products in which the result is. 0 where there were none."),
    )
    contribution = forms.DecimalField(
        label=_("Contribution of the result (%)"),
        min_value=0,
        max_value=WHOLE,
        decimal_places=2,
        help_text=_("How much of those sales came of the result, as your books show it."),
    )
    note = long_text(
        _("Note"),
        2000,
        required=False,
        help_text=_("What the figures rest on, such as the statement of sales."),
    )


class BillForm(forms.Form):
    """A relief, where there is one."""

    relief = WonField(
        label=_("Relief (won)"),
        min_value=0,
        required=False,
        help_text=_("Less is billed where the law says so, such as for new hires."),
    )
    relief_reason = TextField(label=_("Reason of the relief"), max_length=500, required=False)

    def clean_relief(self) -> int:
        """None is nought."""
        return self.cleaned_data["relief"] or 0


def report_initial(royalty: Royalty) -> dict[str, Any]:
    """What was reported before, or an empty report."""
    if royalty.reported_at is None:
        return {"contribution": WHOLE}
    return {
        "licence_income": f"{royalty.licence_income:,}",
        "sales": f"{royalty.sales:,}",
        "contribution": royalty.contribution,
        "note": royalty.note,
    }
