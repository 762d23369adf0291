"""What people fill in: the filters of the list."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.ndas.kinds import HandOver, Relation
from dure.apps.ndas.models import Exchange, Nda, RequestSheet
from dure.apps.ndas.queries import IN_FORCE, TO_SIGN, lacking, overdue, unreturned
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import (
    organisations_managed_by,
    organisations_visible_to,
    people_of,
)
from dure.foundation.ui.forms import DayInput, TextField, text_formfield

ORDERS = {
    "material": "material",
    "disclosing_party": "disclosing_party__name",
    "receiving_party": "receiving_party__name",
    "ends": "ends_at",
}


class NdasForm(forms.Form):
    """Which agreements are listed."""

    STATES = (
        ("", _("All")),
        ("ASKED", _("To be signed")),
        ("IN_FORCE", _("In force")),
        ("OVER", _("Over")),
        ("UNRETURNED", _("Return not confirmed")),
        ("OVERDUE", _("Return overdue")),
    )
    SIDES = (
        ("", _("All")),
        ("disclosing_party", _("We disclose")),
        ("receiving_party", _("We receive")),
    )
    words = TextField(label=_("Material or organisation"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Status"), choices=STATES, required=False)
    side = forms.ChoiceField(label=_("Our part"), choices=SIDES, required=False)

    def __init__(self, data: Any, *, own: frozenset[int], today: date) -> None:
        super().__init__(data)
        self.own, self.today = own, today
        if not own:
            del self.fields["side"]
        self.is_valid()

    def narrow(self, ndas: QuerySet[Nda]) -> QuerySet[Nda]:
        """The agreements that are asked for; a filter that makes no sense filters nothing."""
        states = {"ASKED": TO_SIGN, "IN_FORCE": IN_FORCE, "OVER": ~(TO_SIGN | IN_FORCE)}
        state = self.cleaned_data.get("state", "")
        ndas = ndas.filter(states.get(state, Q()))
        if state == "UNRETURNED":
            ndas = unreturned(ndas)
        elif state == "OVERDUE":
            ndas = overdue(ndas, self.today)
        if side := self.cleaned_data.get("side"):
            ndas = ndas.filter(**{f"{side}__in": self.own})
        if words := self.cleaned_data.get("words"):
            ndas = ndas.filter(
                Q(material__icontains=words)
                | Q(disclosing_party__name__icontains=words)
                | Q(disclosing_party__name_en__icontains=words)
                | Q(receiving_party__name__icontains=words)
                | Q(receiving_party__name_en__icontains=words)
            )
        return ndas.order_by(*self._order())

    def _order(self) -> list[str]:
        wish = self.data.get("sort", "")
        key = ORDERS.get(wish.removeprefix("-"), "requested_at")
        return [f"-{key}" if wish.startswith("-") or not wish else key, "-pk"]


def _verified(user: User) -> QuerySet[Organisation]:
    return organisations_visible_to(user).filter(verified_at__isnull=False).order_by("name")


class SheetForm(forms.ModelForm):
    """A request sheet, item by item as the decree names them."""

    class Meta:
        model = RequestSheet
        fields = [
            "asking_party", "holding_party", "relation", "material", "purpose", "ownership", "price",
            "hand_over_on", "method", "justification",
        ]  # fmt: skip
        widgets = {"hand_over_on": DayInput()}
        formfield_callback = text_formfield

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["asking_party"].queryset = organisations_managed_by(user)
        self.fields["holding_party"].queryset = _verified(user)
        self.fields["relation"].choices = Relation.choices


class SheetAgreementForm(forms.Form):
    """Who of one's own people will hold the data, and until when."""

    people = forms.ModelMultipleChoiceField(
        None, label=_("Who holds it"), widget=forms.CheckboxSelectMultiple
    )
    ends_on = forms.DateField(label=_("Last day of use"), widget=DayInput())

    def __init__(self, *arguments: Any, sheet: RequestSheet, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["people"].queryset = people_of(sheet.asking_party)


class ExchangeForm(forms.ModelForm):
    """What went from whom to whom, how and when."""

    class Meta:
        model = Exchange
        fields = ["from_party", "to_party", "material", "way", "handed_on", "is_secret", "note"]
        widgets = {"handed_on": DayInput()}
        formfield_callback = text_formfield

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ("from_party", "to_party"):
            self.fields[name].queryset = _verified(user)
        self.fields["way"].choices = HandOver.choices


class CounterForm(forms.Form):
    """The clauses of an agreement, each with its text in both languages, to be written anew."""

    note = TextField(
        label=_("Why"), widget=forms.Textarea({"rows": 2}), max_length=2000, required=False
    )

    def __init__(
        self, *arguments: Any, terms: dict[str, list[dict[str, str]]], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.count = len(terms["ko"])
        for number in range(self.count):
            for language, words in (("ko", _("Korean")), ("en", _("English"))):
                clause = terms[language][number]
                self.fields[f"{language}_{number}"] = TextField(
                    label=format_lazy("{}. {} ({})", number + 1, clause["title"], words),
                    initial=clause["text"],
                    widget=forms.Textarea({"rows": 4}),
                    max_length=5000,
                    required=False,
                )
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def texts(self) -> dict[str, list[str]]:
        """The text of every clause, by language."""
        return {
            language: [self.cleaned_data[f"{language}_{number}"] for number in range(self.count)]
            for language in ("ko", "en")
        }


class StaffNoticeForm(forms.Form):
    """Who is to hold the material from now on, and why."""

    people = forms.ModelMultipleChoiceField(
        None, label=_("Who holds it from now on"), widget=forms.CheckboxSelectMultiple
    )
    reason = TextField(label=_("Why"), widget=forms.Textarea({"rows": 3}), max_length=2000)

    def __init__(self, *arguments: Any, nda: Nda, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["people"].queryset = people_of(nda.receiving_party)
        self.fields["people"].initial = list(nda.people.values_list("user", flat=True))


class ExchangesForm(forms.Form):
    """Which hand-overs are listed."""

    words = TextField(label=_("Material or organisation"), required=False, max_length=100)
    is_lacking = forms.BooleanField(label=_("Without an agreement, or outlived it"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    def narrow(self, exchanges: QuerySet[Exchange]) -> QuerySet[Exchange]:
        """The hand-overs that are asked for; a filter that makes no sense filters nothing."""
        if words := self.cleaned_data.get("words"):
            exchanges = exchanges.filter(
                Q(material__icontains=words)
                | Q(from_party__name__icontains=words)
                | Q(to_party__name__icontains=words)
            )
        return lacking(exchanges) if self.cleaned_data.get("is_lacking") else exchanges


class DoubtForm(forms.Form):
    """A doubt, or the answer to one."""

    text = TextField(label=_("In writing"), widget=forms.Textarea({"rows": 4}), max_length=2000)
