"""Forms of living labs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.apps.livinglabs.models import MOST_QUESTIONS, SCORES
from dure.foundation.ui.forms import DayInput, TextField, long_text


class LabForm(forms.Form):
    """What consumers are told before they enrol."""

    title = TextField(label=_("Title"), max_length=200)
    text = long_text(_("What it is about, and what consumers do"), 5000, rows=4)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000, initial=30)


class TrialForm(forms.Form):
    """What consumers try at a step."""

    text = long_text(_("What to try, and how"), 5000, rows=4)
    questions = long_text(
        _("Questions"), 3000, rows=4, help_text=_("One on each line, ten at most.")
    )
    closes_on = forms.DateField(label=_("Last day"), widget=DayInput())

    def clean_questions(self) -> list[str]:
        """The questions, without empty lines."""
        questions = [line.strip() for line in self.cleaned_data["questions"].splitlines()]
        questions = [question for question in questions if question]
        if len(questions) > MOST_QUESTIONS or any(len(question) > 300 for question in questions):
            raise forms.ValidationError(
                gettext("Write ten questions at most, each of 300 letters at most.")
            )
        return questions


class AnswerForm(forms.Form):
    """What a consumer found; a field for each question."""

    score = forms.TypedChoiceField(
        label=_("How good it is (1 to 5)"),
        choices=[(score, str(score)) for score in SCORES],
        coerce=int,
        widget=forms.RadioSelect,
    )
    is_ready = forms.TypedChoiceField(
        label=_("Is it ready for the next step?"),
        choices=[("yes", _("Yes")), ("no", _("Not yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, questions: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = [f"question_{number}" for number in range(len(questions))]
        for name, question in zip(self.asked, questions, strict=True):
            self.fields[name] = long_text(question, 2000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        """The answers to the questions as `texts`, in their order."""
        cleaned = super().clean() or {}
        cleaned["texts"] = [cleaned.pop(name, "") for name in self.asked]
        return cleaned


class ReplyForm(forms.Form):
    """What the firm replies."""

    text = long_text(_("Reply"), 2000, rows=4)
