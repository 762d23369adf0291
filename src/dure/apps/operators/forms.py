"""What people fill in about operators."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.operators import adapter
from dure.apps.operators.models import Operator, OperatorCall
from dure.apps.people.models import Organisation
from dure.foundation.ui.forms import TextField, text_formfield


def rule_choices() -> list[tuple[str, str]]:
    """The rules that come with dure, by id."""
    return [
        (key, adapter.read(text, key).name.in_language(get_language()))
        for key, text in adapter.rules().items()
    ]


class CallForm(forms.ModelForm):
    """A new call for operators."""

    rule = forms.ChoiceField(label=_("Ranked by"), choices=rule_choices)

    class Meta:
        model = OperatorCall
        formfield_callback = text_formfield
        fields = ("name", "name_en", "text", "places", "closes_at")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "closes_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def clean_rule(self) -> str:
        """The text of the chosen rule."""
        return adapter.rules()[self.cleaned_data["rule"]]


class ApplyForm(forms.Form):
    """An application."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    plan = TextField(
        label=_("How you would find and support firms"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class YearForm(forms.Form):
    """Which year is ranked."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)


class ResultsForm(forms.Form):
    """The results of a year, a field for each operator and measure."""

    places = forms.IntegerField(
        label=_("Places of the next year"), min_value=0, max_value=100_000,
        help_text=_("They are split among the operators by rank."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, operators: Iterable[Operator], rule: adapter.Rule, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.operators, self.rule = list(operators), rule
        for operator in self.operators:
            for measure in rule.measures:
                name = f"{operator.pk}-{measure.id}"
                label = f"{operator} · {measure.name.in_language(get_language())}"
                self.fields[name] = forms.IntegerField(
                    label=label, min_value=0, max_value=10**12, initial=0
                )

    def results(self) -> dict[int, dict[str, int]]:
        """The figures by id of an operator and of a measure."""
        return {
            operator.pk: {
                m.id: self.cleaned_data[f"{operator.pk}-{m.id}"] for m in self.rule.measures
            }
            for operator in self.operators
        }
