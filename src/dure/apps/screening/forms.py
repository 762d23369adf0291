"""What people fill in, and the filters of the lists."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.screening import adapter
from dure.apps.screening.kinds import Cause, Outcome
from dure.apps.screening.models import MOST_WON, Case, Place
from dure.apps.screening.stages import CaseStage
from dure.foundation.ui.forms import DayInput, TextField


class PlacesForm(forms.Form):
    """Which projects of a run are listed."""

    words = TextField(label=_("Title or number"), required=False, max_length=100)
    signal = forms.ChoiceField(label=_("Signal"), required=False)
    look = forms.ChoiceField(
        label=_("Look at"),
        choices=[("", _("All")), ("fresh", _("No open case")), ("open", _("An open case"))],
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(code, adapter.name(code)) for code in adapter.signals()]
        self.fields["signal"].choices = [("", _("All")), *named]

    def narrow(self, found: QuerySet[Place]) -> QuerySet[Place]:
        """The projects that fit."""
        if not self.is_valid():
            return found
        said = self.cleaned_data
        for word in said["words"].split():
            found = found.filter(
                Q(project__title__icontains=word) | Q(project__number__icontains=word)
            )
        if said["signal"]:
            found = found.filter(findings__signal=said["signal"]).distinct()
        return found.filter(has_case=said["look"] == "open") if said["look"] else found


class CasesForm(forms.Form):
    """Which cases are listed."""

    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *CaseStage.choices], required=False
    )
    cause = forms.ChoiceField(
        label=_("Chosen by"), choices=[("", _("All")), *Cause.choices], required=False
    )

    def narrow(self, found: QuerySet[Case]) -> QuerySet[Case]:
        """The cases that fit."""
        if self.is_valid():
            said = {name: value for name, value in self.cleaned_data.items() if value}
            found = found.filter(**said)
        return found


class TipForm(forms.Form):
    """A tip about a project."""

    tip = TextField(
        label=_("What was said"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
        help_text=_("Leave out who said it."),
    )


class AskForm(forms.Form):
    """A question to the firm, in calm words."""

    text = TextField(label=_("Question"), widget=forms.Textarea(attrs={"rows": 6}), max_length=2000)
    due_on = forms.DateField(label=_("Answer by"), widget=DayInput())


class AnswerForm(forms.Form):
    """What the firm says."""

    text = TextField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        help_text=_(
            "Say what was bought, from whom and what for. Files belong to the expense itself."
        ),
    )


class JudgeForm(forms.Form):
    """What a question came to."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    disallowed = forms.IntegerField(
        label=_("Disallowed (won)"), min_value=0, max_value=MOST_WON, initial=0,
        help_text=_("Only what was confirmed. It is demanded back when the case is closed."),
    )  # fmt: skip
    note = TextField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class CloseForm(forms.Form):
    """The outcome of a case."""

    note = TextField(
        label=_("What the check found"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
