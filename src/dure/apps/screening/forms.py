"""What people fill in, and the filters of the lists."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.projects.stages import SPENDING
from dure.apps.screening import adapter, queries
from dure.apps.screening.kinds import OUTER, Cause, Outcome
from dure.apps.screening.models import MOST_WON, Case, FilePlace, Place
from dure.apps.screening.stages import CaseStage
from dure.foundation.ui.forms import DayInput, TextField


def _ledger_input() -> forms.FileInput:
    return forms.FileInput(attrs={"accept": ".csv,.gz,.xlsx,.parquet"})


class PlacesForm(forms.Form):
    """Which projects of a run are listed."""

    words = TextField(label=_("Title or number"), required=False, max_length=100)
    signal = forms.ChoiceField(label=_("Signal"), required=False)
    look = forms.ChoiceField(
        label=_("Look at"),
        choices=[
            ("", _("All")),
            ("fresh", _("No open case")),
            ("open", _("An open case")),
            ("running", _("Projects under way")),
            ("fresh_signals", _("Under way, with new signals")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(code, adapter.name(code)) for code in adapter.signals()]
        self.fields["signal"].choices = [("", _("All")), *named]

    def narrow(self, places: QuerySet[Place]) -> QuerySet[Place]:
        """The projects that fit."""
        if not self.is_valid():
            return places
        cleaned = self.cleaned_data
        for word in cleaned["words"].split():
            places = places.filter(
                Q(project__title__icontains=word) | Q(project__number__icontains=word)
            )
        if cleaned["signal"]:
            places = places.filter(findings__signal=cleaned["signal"]).distinct()
        return self._looked(places, cleaned["look"])

    def _looked(self, places: QuerySet[Place], look: str) -> QuerySet[Place]:
        if look in ("fresh", "open"):
            return places.filter(has_case=look == "open")
        if look == "running":
            return places.filter(project__stage__in=SPENDING)
        last = places.first()
        if look == "fresh_signals" and last:
            return places.filter(pk__in=queries.running_with_fresh_signals(last.run).values("pk"))
        return places


class FilesForm(forms.Form):
    """Spending as files; relations of firms and vendors only where they are known."""

    expenses = forms.FileField(label=_("Expenses"), widget=_ledger_input())
    projects = forms.FileField(label=_("Projects"), widget=_ledger_input())
    relations = forms.FileField(
        label=_("Relations of firms and vendors"), required=False, widget=_ledger_input()
    )


class FilePlacesForm(forms.Form):
    """Which projects of files are listed."""

    words = TextField(label=_("Project"), required=False, max_length=100)
    signal = forms.ChoiceField(label=_("Signal"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(code, adapter.name(code)) for code in adapter.signals()]
        self.fields["signal"].choices = [("", _("All")), *named]

    def narrow(self, file_places: QuerySet[FilePlace]) -> QuerySet[FilePlace]:
        """The projects that fit."""
        if not self.is_valid():
            return file_places
        for word in self.cleaned_data["words"].split():
            file_places = file_places.filter(key__icontains=word)
        if signal := self.cleaned_data["signal"]:
            file_places = file_places.filter(findings__signal=signal).distinct()
        return file_places


class ParametersForm(forms.Form):
    """The figures by which a signal looks."""

    def __init__(
        self,
        *args: Any,
        signal: str,
        now: dict[str, int | float],
        words: Mapping[str, Any],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        for name, shipped in adapter.figures_of(signal).items():
            kind = forms.IntegerField if isinstance(shipped, int) else forms.FloatField
            self.fields[name] = kind(
                label=words[name], min_value=0, max_value=MOST_WON, initial=now[name],
                help_text=_("As shipped: %(figure)s") % {"figure": shipped},
            )  # fmt: skip
        self.fields["note"] = TextField(
            label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
        )


class CasesForm(forms.Form):
    """Which cases are listed."""

    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *CaseStage.choices], required=False
    )
    cause = forms.ChoiceField(
        label=_("Chosen by"), choices=[("", _("All")), *Cause.choices], required=False
    )

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The cases that fit."""
        if self.is_valid():
            chosen = {name: value for name, value in self.cleaned_data.items() if value}
            cases = cases.filter(**chosen)
        return cases


class TipForm(forms.Form):
    """A tip about a project, or what others found: an audit board, police, another agency."""

    cause = forms.ChoiceField(
        label=_("Where it comes from"),
        choices=[(cause.value, cause.label) for cause in OUTER],
        widget=forms.RadioSelect,
        initial=Cause.TIP,
    )

    tip = TextField(
        label=_("What was said"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
        help_text=_("Leave out who said it."),
    )


class HoldForm(forms.Form):
    """Why money is kept back."""

    reason = TextField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=_(
            "For auditors and the office. The firm hears only that a question is to be cleared up."
        ),
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

    hours = forms.IntegerField(
        label=_("Hours of work"), required=False, min_value=0, max_value=5_000,
        help_text=_("All people together: what checks cost is shown beside what they find."),
    )  # fmt: skip

    note = TextField(
        label=_("What the check found"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
