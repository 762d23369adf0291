"""What is filled in by whoever asks for the details of a teaser."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.ndas.kinds import Relation
from dure.apps.ndas.models import RequestSheet
from dure.apps.people.models import Organisation, User
from dure.foundation.ui.forms import DayInput, TextField, text_formfield

USUAL_TERM = timedelta(days=365)


class AskForm(forms.Form):
    """For whom, who reads, what for and until when."""

    receiving_party = forms.ModelChoiceField(
        label=_("For which of your organisations"), queryset=None
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Who will read it"),
        help_text=_("Only these people will. Colleagues must have joined your organisation here."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = TextField(
        label=_("What will you use it for?"),
        help_text=_("In a sentence or two; it becomes a part of the agreement."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ends_on = forms.DateField(label=_("Last day of the agreement"), widget=DayInput())
    explained = {"people": "named-person"}

    def __init__(
        self,
        *args: Any,
        receiving_parties: QuerySet[Organisation],
        colleagues: QuerySet[User],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiving_party"].queryset = receiving_parties
        self.fields["people"].queryset = colleagues
        self.fields["people"].label_from_instance = lambda user: f"{user} · {user.email}"
        self.fields["ends_on"].initial = today + USUAL_TERM
        if len(receiving_parties) == 1:
            self.fields["receiving_party"].widget = forms.HiddenInput()
            self.fields["receiving_party"].initial = receiving_parties[0].pk


class SheetForm(forms.ModelForm):
    """A request sheet for details kept secret, item by item; what is asked for is the technology."""

    receiving_party = forms.ModelChoiceField(
        label=_("For which of your organisations"), queryset=None
    )

    class Meta:
        model = RequestSheet
        fields = [
            "relation", "purpose", "ownership", "price", "hand_over_on", "method", "justification",
        ]  # fmt: skip
        widgets = {
            "hand_over_on": DayInput(),
            **{
                name: forms.Textarea({"rows": 3})
                for name in ("purpose", "ownership", "price", "justification")
            },
        }
        formfield_callback = text_formfield

    def __init__(self, *args: Any, receiving_parties: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["relation"].choices = Relation.choices
        choice = self.fields["receiving_party"]
        choice.queryset = receiving_parties
        if len(receiving_parties) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = receiving_parties[0].pk
        self.order_fields(["receiving_party", *self.Meta.fields])
