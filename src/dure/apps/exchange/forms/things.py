"""Partners, organisations from abroad, technologies, requests, agreements, rates, translations."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange import queries
from dure.apps.exchange.forms.fields import AmountField, CountryField, CurrencyField
from dure.apps.exchange.kinds import AccordKind, Became, Finding, RequestKind, Scheme
from dure.apps.exchange.models import Abroad, Accord, HelpRequest, Listing
from dure.apps.exchange.operations import NewAbroad, NewAccord
from dure.apps.exchange.stages import RequestStage
from dure.apps.people.models import OrganisationKind
from dure.foundation.ui.forms import DayInput, TextField, long_text


class PartnerForm(forms.Form):
    """An agency of another country."""

    country = CountryField(label=_("Country"))
    name = TextField(label=pgettext_lazy("exchange", "Agency"), max_length=200)
    contact = TextField(label=_("Contact"), max_length=200, required=False)
    site = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")


class PlanForm(forms.Form):
    """What is planned with an agency in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    text = long_text(_("Plan"), 5000, rows=4)
    meetings = forms.IntegerField(
        label=_("Meetings planned"), min_value=0, max_value=1000, initial=1
    )
    firms = forms.IntegerField(
        label=_("Korean firms planned"), min_value=0, max_value=10_000, initial=0
    )


class AbroadForm(forms.Form):
    """An organisation of another country."""

    name = TextField(label=_("Name in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    country = CountryField(label=_("Country"))
    scheme = forms.ChoiceField(label=_("Known by"), choices=Scheme.choices)
    number = TextField(
        label=_("Number"), max_length=60,
        help_text=_("A LEI has 20 signs, the last two are check digits."),
    )  # fmt: skip
    register = TextField(
        label=_("Register"), max_length=30, required=False,
        help_text=_("Where the number is no LEI: the register that it stands in."),
    )  # fmt: skip
    zone = TextField(
        label=_("Time zone"), max_length=50, help_text=_("As Asia/Jakarta or Europe/Berlin.")
    )
    site = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    seeks = long_text(_("What it seeks"), 3000, rows=4, required=False)

    def wanted(self) -> NewAbroad:
        """As the operation takes it."""
        return NewAbroad(**self.cleaned_data)


class AbroadFilter(forms.Form):
    """Which organisations from abroad are listed."""

    words = TextField(label=_("Name"), required=False, max_length=100)
    country = CountryField(label=_("Country"), required=False)

    def narrow(self, abroads: QuerySet[Abroad]) -> QuerySet[Abroad]:
        """Those that are asked for."""
        self.is_valid()
        cleaned = self.cleaned_data
        if cleaned.get("words"):
            abroads = abroads.filter(organisation__name__icontains=cleaned["words"])
        return abroads.filter(country=cleaned["country"]) if cleaned.get("country") else abroads


class ListingFilter(forms.Form):
    """Which registered technologies are listed."""

    words = TextField(label=_("Words"), required=False, max_length=100)

    def narrow(self, listings: QuerySet[Listing]) -> QuerySet[Listing]:
        """Those that are asked for, by title in either language or by name."""
        self.is_valid()
        words = self.cleaned_data.get("words")
        if not words:
            return listings
        title = Q(technology__title__icontains=words) | Q(technology__title_en__icontains=words)
        name = Q(technology__organisation__name_en__icontains=words)
        return listings.filter(title | name)


class ListForm(forms.Form):
    """A technology to register."""

    technology = forms.ModelChoiceField(
        label=_("Technology"), queryset=None,
        help_text=_("A published one of your organisation. Its title and text are translated."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, user: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["technology"].queryset = queries.technologies_to_list(user)


class MessageForm(forms.Form):
    """What one writes to the other side."""

    text = long_text(_("Message"), 5000, rows=4)


class RequestsFilter(forms.Form):
    """Which requests are listed."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("exchange", "What for"),
        required=False,
        choices=[("", _("All")), *RequestKind.choices],
    )
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *RequestStage.choices]
    )

    def narrow(self, help_requests: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
        """Those that are asked for."""
        self.is_valid()
        return help_requests.filter(
            **{name: value for name, value in self.cleaned_data.items() if value}
        )


class RequestForm(forms.Form):
    """What one wants help with."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("exchange", "What for"), choices=RequestKind.choices
    )
    organisation = forms.ModelChoiceField(label=_("For"), queryset=None, empty_label=None)
    text = long_text(pgettext_lazy("exchange", "What is asked"), 3000, rows=4)
    contact = forms.ModelChoiceField(
        label=_("From the exchange"), queryset=None, required=False, empty_label="–"
    )
    buyer = TextField(label=_("Buyer, for a check"), max_length=200, required=False)
    buyer_country = CountryField(label=_("Country of the buyer"), required=False)
    buyer_number = TextField(
        label=_("Number of the buyer, if known"), max_length=100, required=False
    )

    def __init__(self, *arguments: Any, user: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        own = queries.applicants(user)
        self.fields["organisation"].queryset = own
        self.fields["organisation"].initial = own.first()
        self.fields["contact"].queryset = queries.contacts_visible_to(user)


class TakeForm(forms.Form):
    """Until when one reports."""

    due_on = forms.DateField(label=_("Due"), widget=DayInput())


class ReportForm(forms.Form):
    """What was found or done."""

    finding = forms.ChoiceField(
        label=pgettext_lazy("exchange", "Found"),
        required=False,
        choices=[("", "–"), *Finding.choices],
    )
    text = long_text(pgettext_lazy("exchange", "Report"), 5000, rows=8)

    def __init__(self, *arguments: Any, asked: HelpRequest, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if asked.kind != RequestKind.BUYER_CHECK:
            del self.fields["finding"]


class AccordsFilter(forms.Form):
    """Which memoranda and contracts are listed."""

    country = CountryField(label=_("Country"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *AccordKind.choices]
    )
    became = forms.ChoiceField(
        label=pgettext_lazy("exchange", "What became of it"),
        required=False,
        choices=[("", _("All")), *Became.choices],
    )

    def narrow(self, accords: QuerySet[Accord]) -> QuerySet[Accord]:
        """Those that are asked for."""
        self.is_valid()
        return accords.filter(**{name: value for name, value in self.cleaned_data.items() if value})


class AccordForm(forms.Form):
    """What two sides signed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AccordKind.choices)
    title = TextField(
        label=_("What it is about"), max_length=200,
        help_text=_("In English, as both sides sign it."),
    )  # fmt: skip
    home = forms.ModelChoiceField(label=_("Korean organisation"), queryset=None)
    abroad = forms.ModelChoiceField(label=_("Organisation from abroad"), queryset=None)
    on = forms.DateField(label=_("Signed on"), widget=DayInput())
    amount = AmountField(
        label=_("Amount"), required=False, help_text=_("As agreed, in its own currency.")
    )
    currency = CurrencyField(label=_("Currency"), required=False)
    meeting = forms.ModelChoiceField(
        label=_("From the meeting"), queryset=None, required=False, empty_label="–"
    )

    def __init__(self, *arguments: Any, user: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        home, abroad = queries.sides_of_accords(user)
        self.fields["home"].queryset = home
        self.fields["abroad"].queryset = abroad
        self.fields["meeting"].queryset = queries.meetings_visible_to(user)
        if queries.is_from_abroad(user):
            del self.fields["meeting"]

    def clean(self) -> dict[str, Any]:
        """An amount has its currency."""
        cleaned = super().clean() or {}
        if cleaned.get("amount") is not None and not cleaned.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        return cleaned

    def wanted(self) -> NewAccord:
        """As the operation takes it."""
        return NewAccord(**self.cleaned_data)


class FollowForm(forms.Form):
    """What became of it, as of a day."""

    became = forms.ChoiceField(
        label=pgettext_lazy("exchange", "What became of it"), choices=Became.choices
    )
    on = forms.DateField(label=_("As of"), widget=DayInput())
    amount = AmountField(label=_("Amount"), required=False)
    currency = CurrencyField(label=_("Currency"), required=False)
    note = long_text(_("In words"), 2000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        """An amount has its currency."""
        cleaned = super().clean() or {}
        if cleaned.get("amount") is not None and not cleaned.get("currency"):
            self.add_error("currency", _("Choose the currency of the amount."))
        return cleaned


class RateForm(forms.Form):
    """What a unit of a currency was worth on a day."""

    currency = CurrencyField(label=_("Currency"))
    on = forms.DateField(label=_("Day"), widget=DayInput())
    won = forms.DecimalField(
        label=_("Won for one unit"), min_value=0, max_digits=14, decimal_places=6,
        help_text=_("A rate for 100 yen is divided by 100 first."),
    )  # fmt: skip
    source = TextField(label=_("Source"), max_length=200)


class WordForm(forms.Form):
    """A text in the other language, beside its original."""

    seen = forms.SlugField(max_length=64, widget=forms.HiddenInput)
    text = long_text(_("Translation"), 8000, rows=8)


class YearForm(forms.Form):
    """The year of the figures."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, required=False)
