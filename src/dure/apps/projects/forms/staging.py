"""What is filled in of stages: what goes on to the next, objections, draws of small projects."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.projects.kinds import ObjectionDecision
from dure.apps.projects.models import Expense, Member
from dure.foundation.ui.forms import DayInput, TextField, WonField, long_text


class CarryOverForm(forms.Form):
    """What of a line goes on to the next stage."""

    member = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    ends_on = forms.ChoiceField(label=_("From the stage until"))
    line = forms.ChoiceField(
        label=_("Budget line"), help_text=_("Only direct cost paid in cash can go on.")
    )
    amount = WonField(label=_("Amount (won)"), min_value=1)
    reason = long_text(_("Reason"), 2000)

    def __init__(
        self,
        *args: Any,
        members: QuerySet[Member],
        ends: list[date],
        lines: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = members
        if members.count() == 1:
            self.fields["member"].initial = members.get()
        self.fields["ends_on"].choices = [(day.isoformat(), day.isoformat()) for day in ends]
        self.fields["line"].choices = lines

    def clean_ends_on(self) -> date:
        """The day."""
        return date.fromisoformat(self.cleaned_data["ends_on"])


class CarryOverDecisionForm(forms.Form):
    """How much of it goes on."""

    allowed = WonField(
        label=_("Allowed (won)"), min_value=0, help_text=_("0 where nothing may go on.")
    )
    note = long_text(_("Reason of the decision"), 2000)


class ObjectionForm(forms.Form):
    """Why the firm objects."""

    grounds = long_text(
        _("Grounds"), 5000, rows=6,
        help_text=_("Name the rows you mean, and what shows that they count."),
    )  # fmt: skip


class ObjectionDecisionForm(forms.Form):
    """What the panel decided, row by row."""

    panel = TextField(
        label=_("Who heard the objection"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("One member on each line, with where they work."),
    )
    accountant = TextField(
        label=_("Accountant of the panel"),
        max_length=100,
        help_text=_("Write the line of the accountant as it stands above."),
    )
    decision = forms.ChoiceField(label=_("Decision"), choices=ObjectionDecision.choices)
    note = long_text(_("Reasons of the panel"), 5000)

    def __init__(self, *args: Any, rows: list[tuple[Expense, int]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = rows
        for expense, won in rows:
            self.fields[f"row_{expense.pk}"] = WonField(
                label=_("Stays disallowed: %(expense)s, %(day)s")
                % {"expense": expense, "day": expense.spent_on.isoformat()},
                min_value=0, max_value=won, initial=won,
            )  # fmt: skip

    def clean_panel(self) -> list[str]:
        """The members."""
        lines = (line.strip() for line in self.cleaned_data["panel"].splitlines())
        return [line[:100] for line in lines if line]

    def decided(self) -> dict[str, Any]:
        """What the operation takes."""
        cleaned = dict(self.cleaned_data)
        rows = {expense.pk: cleaned.pop(f"row_{expense.pk}") for expense, _won in self.rows}
        return {**cleaned, "rows": rows}


class DrawForm(forms.Form):
    """Of which month small projects are drawn."""

    month = forms.DateField(
        label=_("A day of the month"), widget=DayInput(),
        help_text=_("The small projects that ended in this month are drawn."),
    )  # fmt: skip
