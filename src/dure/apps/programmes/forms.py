"""What people fill in about programmes: filters, a plan to try, a draft."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.foundation import programmes
from dure.foundation.programmes import MOST_BYTES
from dure.foundation.ui.forms import TextField

MOST_WON = 10**15
SIZES = "size"
CONFIRMED = "confirmed"


def words_of(group: str) -> list[tuple[str, str]]:
    """The words of a vocabulary as choices, in the reader's language."""
    return [(word, programmes.name(group, word, get_language())) for word in programmes.ids(group)]


class ProgrammesForm(forms.Form):
    """Which programmes are listed."""

    words = TextField(label=_("Name"), required=False, max_length=100)
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    call = forms.ChoiceField(label=_("How to apply"), required=False)
    runs_as = forms.ChoiceField(label=_("How it runs"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, group in (("goal", "goal"), ("call", "call"), ("runs_as", "run")):
            self.fields[name].choices = [("", _("All")), *words_of(group)]
        self.is_valid()


class PlanForm(forms.Form):
    """A plan of money as a firm would think of it: months, who it is, who pays what."""

    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=240, required=False)
    size = forms.ChoiceField(label=_("Size of the lead organisation"), required=False)
    trl = forms.IntegerField(
        label=_("Technology readiness level"), min_value=1, max_value=9, required=False
    )

    def __init__(self, *args: Any, programme: programmes.Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payers: list[tuple[str, str, str, str]] = []
        language = get_language()
        self.fields["size"].choices = [("", "–"), *words_of("size")]
        for payer in programme.money.payers:
            for instrument in payer.instruments:
                for kind in ("cash", "in_kind") if instrument == "own_share" else ("cash",):
                    self._add(payer.role, instrument, kind, language)
        needed = sorted(
            {
                fact
                for rule in programme.money.rules
                for fact in getattr(rule, "any_of", None) or getattr(rule, "confirmed", None) or ()
            }
        )
        if needed:
            self.fields[CONFIRMED] = forms.MultipleChoiceField(
                label=_("What is there already"),
                required=False,
                choices=[(fact, programmes.name("fact", fact, language)) for fact in needed],
                widget=forms.CheckboxSelectMultiple,
            )

    def _add(self, role: str, instrument: str, kind: str, language: str | None) -> None:
        key = f"{role}-{instrument}-{kind}"
        words = [
            programmes.name("role", role, language),
            programmes.name("instrument", instrument, language),
            programmes.name("kind", kind, language) if kind != "cash" else "",
        ]
        self.fields[key] = forms.IntegerField(
            label=" · ".join(word for word in words if word),
            min_value=0,
            max_value=MOST_WON,
            required=False,
        )
        self.payers.append((key, role, instrument, kind))

    def plan(self) -> dict[str, Any]:
        """The plan in the form that `programmes.read_plan` reads."""
        cleaned = self.cleaned_data
        facts = {
            name: cleaned[name]
            for name in ("size", "trl", CONFIRMED)
            if cleaned.get(name) is not None
        }
        money = [
            {"role": role, "instrument": instrument, "kind": kind, "amount": cleaned[key]}
            for key, role, instrument, kind in self.payers
            if cleaned.get(key)
        ]
        months = {"months": cleaned["months"]} if cleaned.get("months") else {}
        return {**months, "money": money, "facts": {k: v for k, v in facts.items() if v != ""}}


class DraftForm(forms.Form):
    """The whole file of a draft."""

    seen = TextField(widget=forms.HiddenInput, max_length=64)
    note = TextField(
        label=_("What is new"), max_length=300, required=False,
        help_text=_("One sentence, for those who read it later."),
    )  # fmt: skip
    content = TextField(
        label=_("File"), max_length=MOST_BYTES, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "spellcheck": "false"}),
    )  # fmt: skip
