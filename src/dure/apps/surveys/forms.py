"""What people fill in about surveys."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.programmes.queries import programmes
from dure.apps.surveys import queries
from dure.apps.surveys.models import Survey, Wish
from dure.apps.surveys.operations import Text
from dure.apps.surveys.stages import WishStage
from dure.foundation.ui.forms import TextField, text_formfield


class SurveyForm(forms.ModelForm):
    """A new survey."""

    class Meta:
        model = Survey
        formfield_callback = text_formfield
        fields = ("name", "name_en", "text", "ministries", "closes_at")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "ministries": forms.CheckboxSelectMultiple,
            "closes_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ministries"].queryset = queries.ministries_to_name()
        self.fields["ministries"].help_text = _("Several can ask together.")


class BodiesForm(forms.Form):
    """Which bodies are asked."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Bodies to ask"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = bodies


class WishForm(forms.ModelForm):
    """One need of a body."""

    class Meta:
        model = Wish
        formfield_callback = text_formfield
        fields = ("title", "body", "requirements")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 5}),
            "requirements": forms.Textarea(attrs={"rows": 3}),
        }

    def text(self) -> Text:
        """What was written, for an operation."""
        return Text(**{name: self.cleaned_data[name] for name in ("title", "body", "requirements")})


class AllotForm(forms.Form):
    """Where a need goes, and why."""

    ministry = forms.ModelChoiceField(
        label=_("Ministry"), queryset=None, required=False, empty_label=_("Not decided")
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=None, required=False, empty_label=_("Not decided")
    )
    reason = TextField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The body that needs it reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ministry"].queryset = survey.ministries.order_by("name")
        self.fields["programme"].queryset = programmes().order_by("name")


class WishesForm(forms.Form):
    """Which needs are listed."""

    words = TextField(label=_("Title or body"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *WishStage.choices[1:]], required=False
    )

    def narrow(self, wishes: QuerySet[Wish]) -> QuerySet[Wish]:
        """The needs that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        if stage := self.cleaned_data.get("stage"):
            wishes = wishes.filter(stage=stage)
        if words := self.cleaned_data.get("words"):
            wishes = queries.with_words(wishes, words)
        return wishes
