"""What is filled in about figures."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.catalog.models import Need
from dure.apps.indicators.queries import Step
from dure.apps.people.models import Organisation, OrganisationKind
from dure.foundation import vocabularies
from dure.foundation.measures import MEASURES, YEARS
from dure.foundation.promotion_plans import NotAPeriod, period_of
from dure.foundation.ui.forms import DayInput, FilesField, TextField

MOST_DIMENSIONS = 3
FIRST_YEAR = 2008  # of the first promotion plan
MOST_WON = 10**15
MOST_BYTES = 5 * 1024 * 1024


class PeriodField(TextField):
    """A period as a plan writes it."""

    def clean(self, value: Any) -> str:
        """Refuse what is no period."""
        text = str(super().clean(value))
        try:
            period_of(text)
        except NotAPeriod:
            raise forms.ValidationError(
                _("Write the period as 2023, 2020-2022, 2023-11 or 2023-11-21."), "period"
            ) from None
        return text


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **more)


class ReportedForm(forms.Form):
    """A figure that a body reports."""

    period = PeriodField(label=_("Period"), max_length=10, help_text=_("Such as 2023 or 2023-11."))
    value = forms.DecimalField(label=_("Figure"), max_digits=24, decimal_places=4)
    evidence = TextField(
        label=_("Where it is from"),
        max_length=500,
        help_text=_("The paper, table or address in which it can be looked up."),
    )
    files = FilesField(label=_("Files that show it"), required=False)
    reason = TextField(
        label=_("Why it changed"),
        max_length=500,
        required=False,
        help_text=_("Only where a published figure is corrected."),
    )


class FilesForm(forms.Form):
    """Files that show a figure."""

    files = FilesField(label=_("Files that show it"))


class CommentForm(forms.Form):
    """A remark on a section of a report."""

    place = forms.ChoiceField(label=_("Section"), required=False)
    text = TextField(label=_("Comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **more: Any) -> None:
        """With the sections of the report."""
        super().__init__(*args, **more)
        self.fields["place"].choices = [("", _("The whole report")), *sections]


class MeasuredForm(forms.Form):
    """A figure that the platform measures."""

    period = PeriodField(label=_("Period"), max_length=10, help_text=_("Such as 2023 or 2023-11."))
    as_of = _day(_("As known on"))
    reason = TextField(
        label=_("Why it changed"),
        max_length=500,
        required=False,
        help_text=_("Only where a published figure is corrected."),
    )


class YearForm(forms.Form):
    """A year of a plan to measure."""

    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    as_of = _day(_("As known on"))
    reason = TextField(
        label=_("Why it changed"),
        max_length=500,
        required=False,
        help_text=_("Only where a published figure is corrected."),
    )


class AskForm(forms.Form):
    """Whom a figure is asked of."""

    period = PeriodField(label=_("Period"), max_length=10, help_text=_("Such as 2023 or 2023-11."))
    of = forms.ModelChoiceField(label=_("Asked of"), queryset=None)
    due_on = _day(_("Until"))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = bodies


class IntakeForm(forms.Form):
    """A spreadsheet of reported figures."""

    file = forms.FileField(
        label=_("Spreadsheet"), help_text=_("Excel or CSV, one row for each figure.")
    )

    def clean_file(self) -> UploadedFile:
        """No larger than a few thousand rows are."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it."), "too_large")
        return file


class ReportForm(forms.Form):
    """The year of a report."""

    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)


class BlockForm(forms.Form):
    """The text of a section."""

    text = TextField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    text_en = TextField(
        label=_("Text in English"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The English report shows it; without it the Korean text."),
    )


class ActionForm(forms.Form):
    """An action of a year's plan."""

    task = forms.ChoiceField(label=_("Task"))
    name = TextField(label=_("What is done"), max_length=200)
    body = TextField(label=_("Who does it"), max_length=100)
    starts_on = _day(_("From"))
    ends_on = _day(_("To"))
    budget_before = forms.IntegerField(
        label=_("Budget of the year before (won)"), min_value=0, max_value=MOST_WON, initial=0
    )
    budget = forms.IntegerField(label=_("Budget (won)"), min_value=0, max_value=MOST_WON)
    indicator = forms.ModelChoiceField(
        None,
        label=_("Indicator"),
        required=False,
        help_text=_("The figure by which it is measured afterwards."),
    )
    target = forms.DecimalField(
        label=_("Target"), max_digits=24, decimal_places=4, min_value=0, required=False
    )

    def __init__(
        self, *args: Any, tasks: list[tuple[str, str]], indicators: Any, **more: Any
    ) -> None:
        """With the tasks and indicators of the plan."""
        super().__init__(*args, **more)
        self.fields["task"].choices = tasks
        self.fields["indicator"].queryset = indicators

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and a target is one of an indicator."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("This lies before the first day."))
        if values.get("target") is not None and not values.get("indicator"):
            self.add_error("indicator", _("Say which figure the target is of."))
        return values


class ResultForm(forms.Form):
    """What came of an action."""

    result = TextField(
        label=pgettext_lazy("year plan", "What came of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _measures() -> list[tuple[str, Any]]:
    return [(measure.code, measure.label) for measure in MEASURES]


def _dimensions() -> list[tuple[str, Any]]:
    choices = {YEARS.code: YEARS.label}
    for measure in MEASURES:
        choices |= {
            dimension.code: dimension.label
            for dimension in measure.dimensions
            if dimension.code not in choices
        }
    return list(choices.items())


class RequestForm(forms.Form):
    """A table that was asked for."""

    name = TextField(label=_("What is asked for"), max_length=200)
    asked_by = TextField(label=_("Who asked for it"), max_length=200, required=False)
    measure = forms.ChoiceField(label=_("What is counted"), choices=_measures)
    by = forms.MultipleChoiceField(
        label=_("Told apart by"),
        choices=_dimensions,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to three. Not everything can be told apart by each of them."),
    )
    first_on = _day(_("From"))
    last_on = _day(_("To"))
    as_of = _day(_("As known on"))

    def clean_by(self) -> list[str]:
        """At most three."""
        chosen: list[str] = self.cleaned_data["by"]
        if len(chosen) > MOST_DIMENSIONS:
            raise forms.ValidationError(_("Choose at most three."), "too_many")
        return chosen

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins, and the measure knows what it is told apart by."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("first_on"), values.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("This lies before the first day."))
        measure = MEASURES.get(values.get("measure", ""))
        if measure and any(measure.dimension(code) is None for code in values.get("by", ())):
            known = ", ".join(str(dimension.label) for dimension in (YEARS, *measure.dimensions))
            self.add_error(
                "by", _("This measure can be told apart by: %(known)s.") % {"known": known}
            )
        return values


class ChainFilter(forms.Form):
    """Which needs are followed: those of a year, of a region, field or kind of organisation."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    region = forms.ChoiceField(label=_("Region"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *OrganisationKind.choices]
    )
    stopped = forms.ChoiceField(required=False, choices=Step.choices, widget=forms.HiddenInput())

    def __init__(self, data: Any, *, today: date, language: str | None) -> None:
        """The years since the first plan, the latest first; names in the reader's language."""
        super().__init__(data)
        self.today = today
        years = [(str(year), str(year)) for year in range(today.year + 1, FIRST_YEAR - 1, -1)]
        self.fields["year"].choices = [("", str(today.year)), *years]
        for name in ("region", "field"):
            listed = vocabularies.choices(f"{name}s", language)
            self.fields[name].choices = [("", _("All")), *listed]

    def chosen(self, name: str) -> Any:
        """What was chosen of a filter; nothing where it cannot be read."""
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def of_year(self) -> int:
        """This year unless another was chosen."""
        return self.chosen("year") or self.today.year

    @property
    def key(self) -> str:
        """Which needs are followed, in a word."""
        filters = (self.chosen(name) or "" for name in ("region", "kind", "field"))
        return "/".join((str(self.of_year), *filters))

    @property
    def step(self) -> Step:
        """Where the needs stopped that are listed."""
        return Step(self.chosen("stopped") or Step.REGISTERED)

    def narrow(self, needs: QuerySet[Need]) -> QuerySet[Need]:
        """The needs that fit."""
        narrowed = {
            "organisation__region": self.chosen("region"),
            "organisation__kind": self.chosen("kind"),
            "field": self.chosen("field"),
        }
        return needs.filter(**{name: value for name, value in narrowed.items() if value})


class BoardFilter(forms.Form):
    """What a board of figures is narrowed to; only what its records say can be chosen."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    size = forms.ChoiceField(label=pgettext_lazy("of an organisation", "Size"), required=False)

    def __init__(
        self, data: Any, *, known: dict[str, list[tuple[str, str]]], region: str = ""
    ) -> None:
        """`known` lists the values of each filter with their names; `region` stands in for none."""
        super().__init__(data or ({"region": region} if region else data))
        for name in list(self.fields):
            values = known.get(name, [])
            if values:
                self.fields[name].choices = [("", _("All")), *values]
            else:
                del self.fields[name]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by filter; what cannot be read is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
