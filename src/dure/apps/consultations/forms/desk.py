"""What the desk and those who met fill in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.consultations.models import NoShow
from dure.apps.fairs.models import Registration, Side
from dure.foundation.ui.forms import TextField
from dure.values.ids import business_number


class NoShowForm(forms.Form):
    """Which side did not come."""

    no_show = forms.ChoiceField(choices=NoShow.choices)


class FillForm(forms.Form):
    """Which pair takes a free place."""

    pair = forms.IntegerField(min_value=1)


class NewcomerForm(forms.Form):
    """A small firm that stands at the desk and is not registered."""

    name = TextField(label=_("Name of the firm"), max_length=200)
    number = TextField(
        label=_("Business registration number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """Ten digits with a true check digit."""
        number = business_number(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(
                _("This cannot be a business registration number: its check digit does not fit.")
            )
        return number


class WalkInForm(forms.Form):
    """The two who ask at the desk."""

    demand = forms.ModelChoiceField(
        label=_("Demand organisation"), queryset=None, empty_label=_("Please choose")
    )
    supply = forms.ModelChoiceField(
        label=_("Small firm"), queryset=None, empty_label=_("Please choose")
    )
    keep_waiting = forms.BooleanField(
        label=_("If there is no place now, wait for one that becomes free"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, registrations: QuerySet[Registration], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, side in (("demand", Side.DEMAND), ("supply", Side.SUPPLY)):
            choice = self.fields[name]
            choice.queryset = registrations.filter(side=side)
            choice.label_from_instance = lambda registration: str(registration.organisation)
