"""What is filled in about recorded facts."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.foundation import programmes
from dure.foundation.ui.forms import TextField


def _facts() -> list[tuple[str, Any]]:
    names = [(f, programmes.name("fact", f, get_language())) for f in programmes.listed_facts()]
    return [("", _("All")), *names]


class FactsFilter(forms.Form):
    """Which recorded facts to show."""

    words = TextField(label=_("Organisation, number or source"), required=False, max_length=100)
    fact = forms.ChoiceField(label=_("Fact"), choices=_facts, required=False)
    withdrawn = forms.BooleanField(label=_("Withdrawn ones too"), required=False)

    def wanted(self) -> dict[str, Any]:
        """The filters as `queries.narrowed` takes them; what is no filter narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReasonForm(forms.Form):
    """Why a fact is withdrawn."""

    reason = TextField(label=_("Why it is wrong"), max_length=500)
