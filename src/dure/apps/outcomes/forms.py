"""What people fill in of outcomes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.outcomes import queries
from dure.apps.outcomes.kinds import (
    WON,
    Kind,
    country_choices,
    currency_choices,
    digits_of,
    kind_choices,
)
from dure.apps.outcomes.models import MOST, Outcome
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.foundation.ui.forms import DayInput, FilesField, TextField
from dure.values.amounts import won

_SEVERAL = _("Several organisations have this name. Write the business registration number.")
_UNKNOWN = _("There is no organisation with this number or name on the platform.")
FIRST_YEAR = 2000


def _day(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), required=required)


class OutcomesFilter(forms.Form):
    """Which outcomes are listed."""

    words = TextField(label=_("Title, organisation or number"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *OutcomeStage.choices], required=False
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2100)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [("", _("All")), *kind_choices()]

    def narrow(self, outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
        """The outcomes that fit; withdrawn and merged ones only when asked for."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            outcomes = outcomes.filter(
                Q(title__icontains=word)
                | Q(number__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(organisation__name_en__icontains=word)
                | Q(counterpart__name__icontains=word)
                | Q(counterpart__name_en__icontains=word)
                | Q(counterpart_name__icontains=word)
            )
        if kind := cleaned.get("kind"):
            outcomes = outcomes.filter(kind=kind)
        if year := cleaned.get("year"):
            outcomes = outcomes.filter(on__year=year)
        if stage := cleaned.get("stage"):
            return outcomes.filter(stage=stage)
        return outcomes.exclude(stage__in=[OutcomeStage.WITHDRAWN, OutcomeStage.MERGED])


class ReportForm(forms.Form):
    """A report of one kind: only the fields that the kind has, called as it calls them."""

    organisation = TextField(
        label=_("Whose outcome"), max_length=200,
        help_text=_("Its business registration number, or its name."),
    )  # fmt: skip
    reported_for = forms.ModelChoiceField(
        label=_("For which organisation do you report?"), queryset=None
    )
    title = TextField(label=pgettext_lazy("outcome", "What"), max_length=200)
    counterpart = TextField(
        label=_("Other side"), max_length=200,
        help_text=_("Its business registration number, or its name."),
    )  # fmt: skip
    on = _day(_("Day"), required=True)
    amount = TextField(label=_("Amount"), max_length=40)
    currency = forms.ChoiceField(label=_("Currency"), initial=WON)
    count = forms.IntegerField(label=_("Number of people"), min_value=0, max_value=10_000_000)
    number = TextField(label=_("Number of the paper"), max_length=100)
    country = forms.ChoiceField(label=_("Country"))
    since = _day(_("From"), required=False)
    until = _day(_("Until"), required=False)
    note = TextField(
        label=_("In a few sentences"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    files = FilesField(label=pgettext_lazy("outcome", "Evidence"), required=False)

    def __init__(
        self, *args: Any, kind: Kind, user: Reader, own: QuerySet[Organisation] | None, **more: Any
    ) -> None:
        """`own` are the organisations that the reader speaks for; None for the office."""
        super().__init__(*args, **more)
        self.kind, self.user = kind, user
        if own is None:
            del self.fields["reported_for"]
        else:
            del self.fields["organisation"]
            chosen = self.fields["reported_for"]
            chosen.queryset = own
            if len(own) == 1:
                chosen.initial, chosen.widget = own[0], forms.HiddenInput()
        asked: dict[str, str] = dict(kind.asks)
        for name in ("counterpart", "amount", "count", "number", "country", "since", "until"):
            if name not in asked:
                del self.fields[name]
                continue
            self.fields[name].required = asked[name] == "required"
        if "amount" in asked:
            self.fields["currency"].choices = currency_choices()
        else:
            del self.fields["currency"]
        if "country" in asked:
            self.fields["country"].choices = [("", "–"), *country_choices()]
        for name, words in kind.words.items():
            if name in self.fields:
                self.fields[name].label = str(words)
        self.fields["files"].help_text = str(kind.evidence)

    def clean_organisation(self) -> Organisation:
        """The organisation of the platform that was meant."""
        organisations = queries.organisations_called(self.cleaned_data["organisation"], self.user)
        if len(organisations) == 1:
            return organisations[0]
        raise forms.ValidationError(_SEVERAL if organisations else _UNKNOWN)

    def clean_counterpart(self) -> Organisation | str:
        """The organisation that was meant, or the name of one that is not on the platform."""
        text: str = self.cleaned_data["counterpart"]
        organisations = queries.organisations_called(text, self.user) if text else []
        if len(organisations) > 1:
            raise forms.ValidationError(_SEVERAL)
        return organisations[0] if organisations else text

    def clean_amount(self) -> Decimal | None:
        """An amount in the currency that was chosen; of won also as people write them."""
        text = self.cleaned_data["amount"]
        if not text:
            return None
        currency = self.data.get(self.add_prefix("currency"), WON)
        amount = _amount(text, currency)
        if amount is None:
            raise forms.ValidationError(_("Write the amount in digits, such as 12,500.50."))
        if amount >= MOST:
            raise forms.ValidationError(_("This amount is too large."))
        return amount

    def values(self) -> dict[str, Any]:
        """The fields of the model; of two sides the one that supplies is whose outcome it is."""
        cleaned = self.cleaned_data
        own = cleaned.get("organisation") or cleaned["reported_for"]
        other = cleaned.get("counterpart") or ""
        known = other if isinstance(other, Organisation) else None
        if "reported_for" in cleaned and known and own.is_demand and not known.is_demand:
            own, known = known, own
        names = ("title", "on", "amount", "count", "number", "country", "since", "until", "note")
        values = {name: cleaned[name] for name in names if name in cleaned}
        currency = cleaned.get("currency", "") if values.get("amount") is not None else ""
        return {
            **values,
            "kind": self.kind.id,
            "currency": currency,
            "organisation": own,
            "counterpart": known,
            "counterpart_name": "" if known else other,
        }


def _amount(text: str, currency: str) -> Decimal | None:
    if currency == WON:
        amount = won(text)
        return None if amount is None or amount < 0 else Decimal(amount)
    plain = text.replace(",", "").replace(" ", "")
    digits, _point, rest = plain.partition(".")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        return None
    if rest and not (rest.isascii() and rest.isdigit() and len(rest) <= digits_of(currency)):
        return None
    return Decimal(plain)


class EvidenceForm(forms.Form):
    """Files that show an outcome."""

    files = FilesField(label=pgettext_lazy("outcome", "Evidence"))


class ReasonForm(forms.Form):
    """Why it is not so, or why it is withdrawn."""

    reason = TextField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TieForm(forms.Form):
    """What an outcome came of."""

    anchor = forms.ChoiceField(label=_("What it came of"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["anchor"].choices = choices
