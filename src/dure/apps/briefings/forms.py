"""What officers write of a fair's sessions, stories and awards."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from dure.apps.briefings.models import Briefing, Commendation, Story
from dure.apps.fairs.models import Fair, Pair
from dure.apps.people.models import Organisation
from dure.foundation.ui.forms import TextField, text_formfield


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class BriefingForm(forms.ModelForm):
    """A briefing session."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None, required=False, empty_label=_("None")
    )

    class Meta:
        formfield_callback = text_formfield
        model = Briefing
        fields = [
            "title",
            "title_en",
            "lead",
            "speaker",
            "organisation",
            "hall",
            "starts_at",
            "ends_at",
            "seats",
        ]
        widgets = {
            "starts_at": _Moment(),
            "ends_at": _Moment(),
            "lead": forms.Textarea({"rows": 4}),
        }

    def __init__(
        self, *args: Any, fair: Fair, organisations: QuerySet[Organisation], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["hall"].queryset = fair.halls.order_by("name")
        self.fields["hall"].empty_label = _("None")
        self.fields["organisation"].queryset = organisations


class GuestForm(forms.Form):
    """A guest without an account."""

    name = TextField(label=_("Name of the guest"), max_length=100)


class StoryForm(forms.ModelForm):
    """A story of good practice."""

    seen_at = TextField(required=False, widget=forms.HiddenInput)

    class Meta:
        formfield_callback = text_formfield
        model = Story
        fields = ["title", "body", "pair", "title_en", "body_en"]
        widgets = {"body": forms.Textarea({"rows": 10}), "body_en": forms.Textarea({"rows": 8})}

    def __init__(self, *args: Any, pairs: QuerySet[Pair], **more: Any) -> None:
        super().__init__(*args, **more)
        choice = self.fields["pair"]
        choice.queryset, choice.required, choice.empty_label = pairs, False, _("None")
        choice.label_from_instance = lambda pair: (
            f"{pair.demand.organisation} – {pair.supply.organisation}"
        )
        if self.instance.pk:
            self.initial["seen_at"] = self.instance.updated_at.isoformat()

    def seen(self) -> datetime | None:
        """Which version the writer saw."""
        return (
            parse_datetime(self.cleaned_data["seen_at"]) if self.cleaned_data["seen_at"] else None
        )


class CommendationForm(forms.ModelForm):
    """An award given at a fair."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None, required=False, empty_label=_("None")
    )

    class Meta:
        formfield_callback = text_formfield
        model = Commendation
        fields = ["award", "name", "organisation", "grounds"]
        widgets = {"grounds": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations
