"""What is filled in of an expense, its evidence, and the time of people."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.projects.kinds import Decision
from dure.apps.projects.models import (
    Member,
    kinds_of_evidence,
    means_of_payment,
    relations_to_payees,
)
from dure.foundation.programmes import SpendingRules
from dure.foundation.ui.forms import DayInput, FilesField, TextField, WonField, long_text

YES_NO = [("", _("I do not know")), ("yes", _("Yes")), ("no", _("No"))]
FIRST_FIELDS = ("amount", "spent_on", "payee", "purpose", "paid_by")


class EvidenceForm(forms.Form):
    """Files that show an expense."""

    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=kinds_of_evidence)
    files = FilesField(
        label=_("Photo or files"), help_text=_("Take a photo with your phone, or choose files.")
    )


class ExpenseForm(forms.Form):
    """An expense, with the questions that the rules ask for its purpose."""

    member = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    amount = WonField(label=_("Amount with VAT (won)"))
    spent_on = forms.DateField(label=_("Day"), widget=DayInput())
    payee = TextField(label=_("Payee"), max_length=200)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    paid_by = forms.ChoiceField(label=_("Paid by"), choices=means_of_payment)
    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=kinds_of_evidence)
    files = FilesField(
        label=_("Photo or files"), required=False,
        help_text=_("Take a photo with your phone, or choose files."),
    )  # fmt: skip
    vat = WonField(label=_("VAT in it (won)"), min_value=0, required=False)
    spent_at = forms.TimeField(
        label=_("Time of day"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    what = TextField(label=_("For what"), max_length=200, required=False)
    payee_number = TextField(label=_("Business number of the payee"), max_length=20, required=False)
    relation = forms.ChoiceField(label=_("Who the payee is"), choices=relations_to_payees)

    def __init__(
        self, *args: Any, members: QuerySet[Member], rules: SpendingRules | None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = members
        if members.count() == 1:
            self.fields["member"].widget = forms.HiddenInput()
            self.initial.setdefault("member", members.get().pk)
        language = get_language()
        purposes = rules.purposes if rules else []
        self.fields["purpose"].choices = [
            ("", _("Not sure yet")),
            *((purpose.id, purpose.name.in_language(language)) for purpose in purposes),
        ]
        chosen = str(self.data.get("purpose") or self.initial.get("purpose") or "")
        self.asked = [
            question
            for question in (rules.questions if rules else [])
            if question.purposes and chosen in question.purposes
        ]
        self.more = [
            question for question in (rules.questions if rules else []) if not question.purposes
        ]
        for question in (*self.asked, *self.more):
            self.fields[f"q_{question.id}"] = _field_of(question, language)

    def first(self) -> list[Any]:
        """The fields that every expense needs."""
        return [self[name] for name in FIRST_FIELDS if not self[name].is_hidden]

    def details(self) -> list[Any]:
        """The fields that can be added."""
        names = ("vat", "spent_at", "what", "payee_number", "relation")
        return [self[name] for name in (*names, *(f"q_{question.id}" for question in self.more))]

    def questions(self) -> list[Any]:
        """What the rules ask for the purpose that is chosen."""
        return [self[f"q_{question.id}"] for question in self.asked]

    def values(self) -> dict[str, Any]:
        """What was filled in so far and is right, as the fields of an expense."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        left_out = ("member", "kind", "files")
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in left_out and not name.startswith("q_")
        }
        answers = {}
        for question in (*self.asked, *self.more):
            value = self.cleaned_data.get(f"q_{question.id}")
            if question.kind == "yes_no" and value:
                answers[question.id] = value == "yes"
            elif question.kind != "yes_no" and value not in ("", None):
                answers[question.id] = value
        return {**facts, "answers": answers}

    def clean(self) -> dict[str, Any]:
        """VAT is a part of the amount."""
        cleaned = super().clean() or self.cleaned_data
        vat, amount = cleaned.get("vat"), cleaned.get("amount")
        if vat is not None and amount is not None and vat > amount:
            self.add_error("vat", _("The VAT is more than the amount."))
        return cleaned


def answers_as_initial(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers as they stand in the form."""
    return {
        f"q_{name}": ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in answers.items()
    }


def _field_of(question: Any, language: str | None) -> forms.Field:
    label = question.ask.in_language(language)
    if question.kind == "yes_no":
        return forms.ChoiceField(label=label, choices=YES_NO, required=False)
    if question.kind == "number":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=10**12)
    return TextField(label=label, required=False, max_length=200)


class DecisionForm(forms.Form):
    """What is decided of an expense."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    amount = WonField(label=_("Disallowed (won)"), min_value=0, required=False)
    note = long_text(_("Reason"), 2000)


class StatementForm(forms.Form):
    """A statement of a card, a bank or Hometax."""

    member = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    file = forms.FileField(
        label=_("File"),
        help_text=_("The file as your card company, bank or Hometax gives it: .xlsx or .csv."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, members: QuerySet[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = members


class PasteForm(forms.Form):
    """Rows copied from Excel, with their headers."""

    member = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    rows = TextField(
        label=_("Rows with their headers"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Copy the rows in Excel together with the row of headers, and paste them here."
        ),
    )

    def __init__(self, *args: Any, members: QuerySet[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = members


class _Month(forms.DateInput):
    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class ShareForm(forms.Form):
    """How much of a month a person gives."""

    member = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    name = TextField(label=_("Name"), max_length=100)
    researcher = forms.RegexField(
        label=_("Researcher's number"), regex=r"^[0-9A-Za-z-]{3,30}$",
        help_text=_("The number of the researcher's registration, the same in every project."),
    )  # fmt: skip
    month = forms.DateField(label=_("Month"), widget=_Month(), input_formats=["%Y-%m", "%Y-%m-%d"])
    percent = forms.IntegerField(label=_("Share in percent"), min_value=1, max_value=100)
    month_pay = WonField(label=_("Pay of the month (won)"), min_value=0, required=False)

    def __init__(self, *args: Any, members: QuerySet[Member], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = members
