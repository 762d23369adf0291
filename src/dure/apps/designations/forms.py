"""What people fill in of registers: the fields stand in the files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.designations.kinds import Column, Register, Stage
from dure.apps.designations.models import MOST, Entry
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_called
from dure.foundation.ui.forms import DayInput, TextField
from dure.values.amounts import won

_UNKNOWN = _("There is no organisation with this number or name on the platform.")
_SEVERAL = _("Several organisations have this name. Write the business registration number.")
_NAMED = _("Its business registration number, or its name.")


class _WonField(TextField):
    """Whole won as people write them."""

    def clean(self, value: Any) -> int | None:
        """Whole won; None for an empty field."""
        text = super().clean(value)
        amount = won(text) if text else None
        if text and (amount is None or not 0 <= amount < MOST):
            raise forms.ValidationError(_("Write whole won, such as 5,500,000."))
        return amount


class ColumnsForm(forms.Form):
    """Some columns of a register."""

    def __init__(self, *args: Any, columns: Sequence[Column], **more: Any) -> None:
        super().__init__(*args, **more)
        self.columns = columns
        for column in columns:
            self.fields[f"column_{column.id}"] = _field(column)

    def values(self) -> dict[str, Any]:
        """What was said of the columns, by their ids."""
        return {column.id: self.cleaned_data.get(f"column_{column.id}") for column in self.columns}


class EntryForm(ColumnsForm):
    """A new entry of a register."""

    title = TextField(max_length=200)
    own = forms.ModelChoiceField(label=_("For which organisation?"), queryset=None)
    organisation = TextField(label=_("Organisation"), max_length=200, help_text=_NAMED)
    counterpart = TextField(label=_("Buyer"), max_length=200, help_text=_NAMED)
    parent = forms.ModelChoiceField(label="", queryset=None, required=False)

    def __init__(
        self, *args: Any, register: Register, user: Reader, own: QuerySet[Organisation] | None,
        parents: QuerySet[Entry] | None, **more: Any,
    ) -> None:  # fmt: skip
        """`own` are the organisations that the reader speaks for; None for the office."""
        super().__init__(*args, columns=register.entered_at_first, **more)
        self.user, self.register = user, register
        self.fields["title"].label = str(register.title)
        if own is None:
            del self.fields["own"]
        else:
            self._one_side_is_known(own)
        if not register.has_counterpart:
            self.fields.pop("counterpart")
        if parents is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].queryset = parents
            self.fields["parent"].label = parents.model._meta.verbose_name  # noqa: SLF001

    def _one_side_is_known(self, own: QuerySet[Organisation]) -> None:
        chosen = self.fields["own"]
        chosen.queryset = own
        if len(own) == 1:
            chosen.initial, chosen.widget = own[0], forms.HiddenInput()
        if not self.register.has_counterpart:
            del self.fields["organisation"]
            return
        # One side is the reader's; the other one is named.
        is_buyer = any(organisation.is_demand for organisation in own)
        del self.fields["counterpart" if is_buyer else "organisation"]

    def clean_organisation(self) -> Organisation:
        """The firm that was meant."""
        return self._called("organisation")

    def clean_counterpart(self) -> Organisation:
        """The buyer that was meant."""
        return self._called("counterpart")

    def sides(self) -> tuple[Organisation, Organisation | None]:
        """The firm and, where the register has one, the buyer."""
        cleaned = self.cleaned_data
        own, firm, buyer = (cleaned.get(name) for name in ("own", "organisation", "counterpart"))
        if not self.register.has_counterpart:
            return firm or own, None
        return firm or own, buyer or own

    def _called(self, name: str) -> Organisation:
        organisations = organisations_called(self.cleaned_data[name], self.user)
        if len(organisations) == 1:
            return organisations[0]
        raise forms.ValidationError(_SEVERAL if organisations else _UNKNOWN)


class StepForm(ColumnsForm):
    """A step of an entry: its day, and what the stage asks for."""

    on = forms.DateField(label=_("Day"), widget=DayInput())
    number = TextField(label=pgettext_lazy("designation", "Number"), max_length=60, required=False)
    reason = TextField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, entry: Entry, stage: Stage, **more: Any) -> None:
        asked = [column for column in entry.file.columns if column.id in stage.asks]
        super().__init__(*args, columns=asked, **more)
        for column in asked:
            self.fields[f"column_{column.id}"].initial = entry.values.get(column.id)
        self.fields["on"].initial = localdate()
        if not stage.starts_term or entry.number:
            del self.fields["number"]
        if not stage.needs_reason:
            del self.fields["reason"]


class EntriesFilter(forms.Form):
    """Which entries of a register are listed."""

    words = TextField(label=_("Title, organisation or number"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, register: Register, **more: Any) -> None:
        super().__init__(*args, **more)
        stages = [(stage.id, str(stage)) for stage in register.stages]
        self.fields["stage"].choices = [("", _("All")), *stages]
        self.chosen = [
            column for column in register.columns if column.kind == "choice" and column.public
        ]
        for column in self.chosen:
            choices = [("", _("All")), *((choice.id, str(choice)) for choice in column.choices)]
            self.fields[column.id] = forms.ChoiceField(
                label=str(column), choices=choices, required=False
            )

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            entries = entries.filter(
                Q(title__icontains=word)
                | Q(number__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(organisation__name_en__icontains=word)
            )
        if stage := cleaned.get("stage"):
            entries = entries.filter(stage=stage)
        for column in self.chosen:
            if value := cleaned.get(column.id):
                entries = entries.filter(**{f"values__{column.id}": value})
        return entries


def _field(column: Column) -> forms.Field:
    label, required = str(column), column.required
    if column.kind == "choice":
        choices = [("", "–"), *((choice.id, str(choice)) for choice in column.choices)]
        return forms.ChoiceField(label=label, choices=choices, required=required)
    if column.kind == "number":
        return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=required)
    if column.kind == "won":
        return _WonField(label=label, max_length=40, required=required)
    return TextField(
        label=label, max_length=2000, required=required, widget=forms.Textarea(attrs={"rows": 2})
    )
