"""What people fill in of deals."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import technologies_visible_to
from dure.apps.deals.kinds import rules
from dure.apps.deals.models import Deal
from dure.apps.deals.operations import NewPayment
from dure.apps.people.queries import organisations_of
from dure.foundation.ui.forms import DayInput, TextField

PARTS = 3
MOST_WON = 10**15


class DealsForm(forms.Form):
    """Which deals are listed."""

    words = TextField(label=_("What is sought"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["stage"].choices = [
            ("", _("All")), *((step.code, str(step)) for step in rules().steps)
        ]  # fmt: skip

    def narrow(self, deals: QuerySet[Deal]) -> QuerySet[Deal]:
        """The deals that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        if stage := self.cleaned_data.get("stage"):
            deals = deals.filter(stage=stage)
        if words := self.cleaned_data.get("words"):
            deals = deals.filter(title__icontains=words)
        return deals


class FileForm(forms.Form):
    """A request for technology."""

    need = forms.ModelChoiceField(label=_("From the need"), queryset=None)
    finder = forms.ModelChoiceField(label=_("Filed by"), queryset=None, empty_label=None)
    title = TextField(label=_("What is sought"), max_length=200)
    text = TextField(
        label=_("In a few sentences"), widget=forms.Textarea({"rows": 5}), max_length=5000
    )
    wish = forms.ChoiceField(label=_("Wished form"), required=False)

    def __init__(self, *arguments: Any, user: Any, needs: QuerySet[Need], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["need"].queryset = needs
        self.fields["finder"].queryset = organisations_of(user).filter(verified_at__isnull=False)
        self.fields["wish"].choices = [
            ("", _("Open")), *((kind.code, str(kind)) for kind in rules().kinds)
        ]  # fmt: skip


class JudgeForm(forms.Form):
    """Whether a request is fit for a deal."""

    is_fit = forms.TypedChoiceField(
        label=_("Judgement"),
        choices=[("yes", _("Fit for a deal")), ("no", _("Not fit"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    judgement = TextField(label=_("Why"), widget=forms.Textarea({"rows": 4}), max_length=2000)


class ProposeForm(forms.Form):
    """A technology that fits, and why."""

    technology = forms.ModelChoiceField(label=_("Technology"), queryset=None)
    note = TextField(label=_("Why it fits"), widget=forms.Textarea({"rows": 4}), max_length=2000)

    def __init__(self, *arguments: Any, user: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["technology"].queryset = technologies_visible_to(user).order_by("title", "pk")


class FailureForm(forms.Form):
    """Why a deal does not come about."""

    failure = forms.ChoiceField(label=_("Why not"))
    note = TextField(label=_("In words"), widget=forms.Textarea({"rows": 3}), max_length=2000)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["failure"].choices = [
            (failure.code, str(failure)) for failure in rules().failures
        ]


def _won(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_WON, required=required)


class TermsForm(forms.Form):
    """The terms that both sides sign, with up to three payments."""

    kind = forms.ChoiceField(label=_("Contract"))
    terms = TextField(label=_("Terms"), widget=forms.Textarea({"rows": 6}), max_length=5000)
    amount = _won(_("Amount in won"))
    valuation = _won(_("Valuation in won, if one was made"), required=False)
    fee = _won(_("Brokerage fee in won"), required=False)
    fee_support = _won(_("Of it supported, in won"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["kind"].choices = [(kind.code, str(kind)) for kind in rules().kinds]
        for part in range(1, PARTS + 1):
            self.fields[f"due_{part}"] = forms.DateField(
                label=_("Payment %(part)s due") % {"part": part},
                widget=DayInput(),
                required=part == 1,
            )
            self.fields[f"amount_{part}"] = forms.IntegerField(
                label=_("Payment %(part)s in won") % {"part": part},
                min_value=1,
                max_value=MOST_WON,
                required=part == 1,
            )

    def clean(self) -> dict[str, Any]:
        """A payment has both its day and its amount."""
        cleaned = super().clean() or {}
        for part in range(2, PARTS + 1):
            if bool(cleaned.get(f"due_{part}")) != bool(cleaned.get(f"amount_{part}")):
                self.add_error(f"due_{part}", _("A payment needs its day and its amount."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """As `operations.set_terms` takes it."""
        cleaned = self.cleaned_data
        payments = [
            NewPayment(cleaned[f"due_{part}"], cleaned[f"amount_{part}"])
            for part in range(1, PARTS + 1)
            if cleaned.get(f"due_{part}")
        ]
        return {
            "kind": cleaned["kind"],
            "terms": cleaned["terms"],
            "amount": cleaned["amount"],
            "valuation": cleaned["valuation"],
            "fee": cleaned["fee"] or 0,
            "fee_support": cleaned["fee_support"] or 0,
            "payments": payments,
        }


class PaidForm(forms.Form):
    """The day on which a payment came in."""

    paid_on = forms.DateField(label=_("Paid"), widget=DayInput())


class EntrustForm(forms.Form):
    """A technology that its owner entrusts to the office."""

    technology = forms.ModelChoiceField(label=_("Technology"), queryset=None)
    since = forms.DateField(label=_("Entrusted on"), widget=DayInput())

    def __init__(self, *arguments: Any, technologies: QuerySet[Technology], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["technology"].queryset = technologies
