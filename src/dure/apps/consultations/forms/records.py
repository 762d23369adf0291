"""What people write down after a meeting, and what is told of a fair."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from dure.apps.consultations.models import (
    AGREED,
    STEPS,
    ConsultationRecord,
    NextStep,
    NoShow,
    Outcome,
)
from dure.apps.consultations.operations.records import TASKS
from dure.apps.matches.models import NotForUs
from dure.apps.people.models import User
from dure.foundation.ui.forms import DayInput, TextField

TIME_TO_ACT = timedelta(days=14)


class RecordForm(forms.Form):
    """A consultation record, filled in on a phone between two meetings."""

    HELD = "KEPT"
    what = forms.ChoiceField(
        label=_("Did you meet?"),
        choices=[(HELD, _("Yes, we met")), *NoShow.choices],
        initial=HELD,
        widget=forms.RadioSelect,
    )
    next_step = forms.ChoiceField(
        label=_("What follows?"),
        choices=[*NextStep.choices, ("", _("Nothing agreed yet"))],
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
    why = forms.ChoiceField(
        label=_("Why does it not fit?"),
        choices=[("", _("Please choose")), *NotForUs.choices_of(None)],
        required=False,
    )
    owner = forms.ModelChoiceField(
        label=_("Who sees to it?"), queryset=None, required=False, empty_label=None
    )
    due_on = forms.DateField(label=_("Until"), required=False, widget=DayInput())
    result = TextField(
        label=_("What was said"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two; both sides read it."),
    )
    seen_at = TextField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        record: ConsultationRecord | None,
        owners: QuerySet[User],
        today: date,
        reader: User,
        **more: Any,
    ) -> None:
        known = {"owner": reader.pk, "due_on": today + TIME_TO_ACT}
        if record is not None:
            known |= {
                "what": record.no_show or self.HELD,
                "next_step": record.next_step,
                "why": record.why,
                "owner": record.owner_id or reader.pk,
                "due_on": record.due_on or today + TIME_TO_ACT,
                "result": record.result,
                "seen_at": record.updated_at.isoformat(),
            }
        super().__init__(*args, initial=known, **more)
        self.fields["owner"].queryset = owners

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        step, was_held = cleaned.get("next_step"), cleaned.get("what") == self.HELD
        if was_held and step == NextStep.NO_FIT and not cleaned.get("why"):
            self.add_error("why", _("Say why it does not fit."))
        if was_held and step in TASKS and not cleaned.get("owner"):
            self.add_error("owner", _("Say who sees to it."))
        if was_held and step in TASKS and not cleaned.get("due_on"):
            self.add_error("due_on", _("Say until when."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What was said, as the operation takes it; answers to questions not asked fall away."""
        cleaned = self.cleaned_data
        was_held = cleaned["what"] == self.HELD
        step = cleaned["next_step"] if was_held else ""
        is_task = step in TASKS
        return {
            "outcome": Outcome.KEPT if was_held else Outcome.NO_SHOW,
            "no_show": "" if was_held else cleaned["what"],
            "result": cleaned["result"].strip(),
            "next_step": step,
            "why": cleaned["why"] if step == NextStep.NO_FIT else "",
            "owner": cleaned["owner"] if is_task else None,
            "due_on": cleaned["due_on"] if is_task else None,
        }

    def seen(self) -> datetime | None:
        """Which version the writer saw."""
        return (
            parse_datetime(self.cleaned_data["seen_at"]) if self.cleaned_data["seen_at"] else None
        )


class RecordsForm(forms.Form):
    """Which records are listed."""

    words = TextField(label=_("Organisation"), required=False, max_length=100)
    outcome = forms.ChoiceField(
        label=_("Meeting"), choices=[("", _("All")), *Outcome.choices], required=False
    )
    step = forms.ChoiceField(
        label=_("Next step"),
        choices=[("", _("All")), (AGREED, _("Any step")), *NextStep.choices],
        required=False,
    )
    why = forms.ChoiceField(
        label=_("Why"), choices=[("", _("All")), *NotForUs.choices], required=False
    )
    open = forms.ChoiceField(
        label=_("Task"),
        choices=[("", _("All")), ("open", _("Not done")), ("done", _("Done"))],
        required=False,
    )

    def narrow(self, records: QuerySet[ConsultationRecord]) -> QuerySet[ConsultationRecord]:
        """The records that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        for name, column in (("outcome", "outcome"), ("step", "next_step"), ("why", "why")):
            if value := self.cleaned_data.get(name):
                among = STEPS if value == AGREED else [value]
                records = records.filter(**{f"{column}__in": among})
        if state := self.cleaned_data.get("open"):
            records = records.filter(owner__isnull=False, done_at__isnull=state == "open")
        if words := self.cleaned_data.get("words"):
            demand = records.filter(pair__demand__organisation__name__icontains=words)
            records = demand | records.filter(pair__supply__organisation__name__icontains=words)
        return records


class HandOverForm(forms.Form):
    """Who sees to a step from now on, and until when."""

    owner = forms.ModelChoiceField(label=_("Who sees to it?"), queryset=None, empty_label=None)
    due_on = forms.DateField(label=_("Until"), widget=DayInput())

    def __init__(self, *args: Any, owners: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners
