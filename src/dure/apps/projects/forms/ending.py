"""Verdicts, sanctions, and the question that is asked years later."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.projects.kinds import PromiseKept, SpecialDecision, Success
from dure.foundation.programmes import VerdictRules
from dure.foundation.ui.forms import DayInput, FilesField, TextField, WonField, long_text


class ReasonForm(forms.Form):
    """Why a project is stopped, goes on or is given up."""

    reason = long_text(_("Reason"), 2000)


class SpecialForm(forms.Form):
    """What a special evaluation decides."""

    decision = forms.ChoiceField(label=_("Decision"), choices=SpecialDecision.choices)
    note = long_text(_("Reasons of the panel"), 5000)


class StageEndForm(forms.Form):
    """When a stage of a project ends."""

    ends_on = forms.DateField(
        label=_("Last day of the stage"),
        widget=DayInput(),
        help_text=_("Its report is due 30 days before."),
    )


class TextForm(forms.Form):
    """A text to somebody who decides."""

    text = long_text(_("What you want to say"), 2000)


class VerdictForm(forms.Form):
    """What the panel found."""

    score = forms.IntegerField(label=_("Score"), min_value=0, max_value=100)
    is_sincere = forms.BooleanField(label=_("The work was sincere"), required=False)
    reliefs = forms.MultipleChoiceField(
        label=_("Reliefs"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = long_text(_("Reasons of the panel"), 5000)

    def __init__(self, *args: Any, rules: VerdictRules | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reliefs"].choices = [
            (relief.id, relief.name.in_language(get_language()))
            for relief in (rules.reliefs if rules else [])
        ]


class SanctionForm(forms.Form):
    """A pre-notice."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    cause = long_text(_("Cause"), 2000)
    ban_months = forms.IntegerField(label=_("Bar (months)"), min_value=0, max_value=600, initial=0)
    surcharge = WonField(label=_("Surcharge (won)"), min_value=0, required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations


class FollowUpForm(forms.Form):
    """What became of a project."""

    answered_as = TextField(label=_("Your name"), max_length=100)
    sales = WonField(label=_("Sales from the result (won)"), min_value=0, required=False)
    jobs = forms.IntegerField(label=_("New jobs"), min_value=0, max_value=1_000_000, required=False)
    successes = forms.MultipleChoiceField(
        label=_("In which ways it became business"), choices=Success.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    promise = forms.ChoiceField(
        label=_("Did the demand organisation buy as promised?"), choices=PromiseKept.choices
    )
    promise_reason = TextField(label=_("Why not in full"), max_length=500, required=False)
    text = long_text(_("In a few sentences"), 3000, required=False)
    files = FilesField(
        label=_("What shows it"),
        required=False,
        help_text=_("Contracts, statements or photos, if you have them at hand."),
    )
