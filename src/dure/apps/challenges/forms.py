"""What people fill in about discoveries and candidates."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need
from dure.apps.challenges import queries
from dure.apps.challenges.models import Candidate, Centre, Decision, Discovery, Version
from dure.apps.challenges.operations import Text
from dure.apps.challenges.stages import CandidateStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import demand_organisations
from dure.foundation.ui.forms import TextField, text_formfield


class DiscoveryForm(forms.ModelForm):
    """A new discovery."""

    class Meta:
        model = Discovery
        formfield_callback = text_formfield
        fields = ("name", "name_en", "year", "places", "gathers_until")
        widgets = {
            "gathers_until": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        }


class CentreForm(forms.Form):
    """A centre that gathers, and how many it may bring."""

    organisation = forms.ModelChoiceField(label=_("Centre"), queryset=None)
    quota = forms.IntegerField(
        label=_("At most"), required=False, min_value=1, max_value=1000,
        help_text=_("Empty: as many as it finds."),
    )  # fmt: skip

    def __init__(self, *args: Any, centres: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = centres


class CommitteeForm(forms.Form):
    """Who sits in the committee."""

    members = forms.ModelMultipleChoiceField(
        label=_("Members"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.ModelChoiceField(label=_("Chair"), queryset=None, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("members", "chair"):
            self.fields[name].queryset = people


class TextForm(forms.ModelForm):
    """The text of a candidate; a new version of it says what changed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Version
        formfield_callback = text_formfield
        fields = ("title", "problem", "requirements", "offers", "note")
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (("problem", 6), ("requirements", 6), ("offers", 3))
        }

    def text(self) -> Text:
        """What was written, for an operation."""
        names = ("title", "problem", "requirements", "offers")
        return Text(**{name: self.cleaned_data[name] for name in names})


class GatherForm(TextForm):
    """A candidate that a centre brings."""

    organisation = forms.ModelChoiceField(label=_("Demand organisation"), queryset=None)
    centre = forms.ModelChoiceField(label=_("Centre"), queryset=None)
    need = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)

    field_order = ("centre", "organisation", "title", "problem", "requirements", "offers")

    def __init__(
        self, *args: Any, centres: QuerySet[Centre], needs: QuerySet[Need], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"], self.fields["seen"]
        self.fields["centre"].queryset = centres
        self.fields["need"].queryset = needs
        self.fields["organisation"].queryset = demand_organisations()
        if len(centres) == 1:
            self.fields["centre"].widget = forms.HiddenInput()
            self.fields["centre"].initial = centres[0].pk


class CandidatesForm(forms.Form):
    """Which candidates are listed."""

    words = TextField(label=_("Title or organisation"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *CandidateStage.choices], required=False
    )
    centre = forms.ModelChoiceField(
        label=_("Centre"), queryset=None, required=False, empty_label=_("All")
    )
    step = TextField(required=False, widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, discovery: Discovery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = discovery.centres.select_related("organisation")
        self.is_valid()

    def narrow(self, candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
        """The candidates that are asked for; a filter that makes no sense filters nothing."""
        wanted = self.cleaned_data
        if stage := wanted.get("stage"):
            candidates = candidates.filter(stage=stage)
        if centre := wanted.get("centre"):
            candidates = candidates.filter(centre=centre)
        if step := wanted.get("step"):
            candidates = queries.at_step(candidates, step)
        if words := wanted.get("words"):
            candidates = queries.with_words(candidates, words)
        return candidates


class CommentForm(forms.Form):
    """What one says of a candidate."""

    text = TextField(label=_("Comment"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))


class JudgementForm(forms.Form):
    """What the committee decided on one candidate."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = TextField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to hold back or drop; its owner and its centre read it."),
    )
