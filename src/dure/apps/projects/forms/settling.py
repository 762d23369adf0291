"""What is filled in while a project is settled and money comes back."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.projects.stages import MarkStage, RecoveryStage
from dure.foundation.ui.forms import DayInput, TextField, WonField, long_text
from dure.values.amounts import won


class AccountantForm(forms.Form):
    """Who examines the project."""

    firm = forms.ModelChoiceField(label=_("Accounting firm"), queryset=None)

    def __init__(self, *args: Any, firms: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["firm"].queryset = firms


class MarkForm(forms.Form):
    """What the accountant asks about a row."""

    amount = WonField(label=_("Amount in question (won)"))
    question = long_text(_("Question"), 2000)


class AnswerForm(forms.Form):
    """What the firm answers."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = long_text(_("Answer"), 2000)


class JudgeForm(forms.Form):
    """What the accountant decides of a row."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    stage = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (MarkStage.DROPPED, _("Accept")),
            (MarkStage.UPHELD, _("Disallow")),
            (MarkStage.OPEN, _("Ask again")),
        ],
    )
    amount = WonField(label=_("Disallowed (won)"), min_value=0, required=False)
    note = long_text(_("Reason"), 2000, rows=2)


class InstalmentsForm(forms.Form):
    """Parts of what is open: a day and an amount on each line."""

    parts = TextField(
        label=_("Instalments"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line: day and amount, such as 2026-03-31 5,000,000."),
    )

    def clean_parts(self) -> list[tuple[date, int]]:
        """The days and amounts."""
        parts = []
        for number, line in enumerate(self.cleaned_data["parts"].splitlines(), 1):
            day, _space, amount = line.strip().partition(" ")
            try:
                due, value = date.fromisoformat(day), won(amount)
            except ValueError:
                due, value = None, None
            if due is None or value is None:
                raise forms.ValidationError(
                    _("Line %(number)s is not a day and an amount.") % {"number": number}
                )
            parts.append((due, value))
        return parts


class StepForm(forms.Form):
    """The next step of a recovery."""

    stage = forms.ChoiceField(label=_("Step"))
    until = forms.DateField(label=_("Deferred until"), widget=DayInput(), required=False)
    note = long_text(_("Reason"), 2000, rows=2)

    def __init__(self, *args: Any, stages: list[RecoveryStage], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in stages]
