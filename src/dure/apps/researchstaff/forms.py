"""Forms of researchers."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.researchstaff.kinds import MONTHS, Degree, Level, Wish
from dure.foundation import vocabularies
from dure.foundation.ui.forms import DayInput, TextField, long_text

FIELDS = ("level", "degree", "wish", "name", "telephone", "free_from")


class ApplicationForm(forms.Form):
    """What a researcher says of themselves; the first part is read under a number."""

    text = long_text(
        _("What you have researched and can do"), 3000, rows=5,
        help_text=_(
            "Firms read this under a number. Write neither your name nor that of your institute."
        ),
    )  # fmt: skip
    level = forms.ChoiceField(label=pgettext_lazy("researcher", "Level"), choices=Level.choices)
    degree = forms.ChoiceField(label=_("Highest degree"), choices=Degree.choices)
    wish = forms.ChoiceField(
        label=_("How you would like to work"), choices=Wish.choices, initial=Wish.BOTH
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    free_from = forms.DateField(label=_("Free from"), widget=DayInput(), initial=localdate)
    name = TextField(
        label=_("Name"), max_length=100,
        help_text=_("A firm reads it once you consent to this firm."),
    )  # fmt: skip
    telephone = TextField(
        label=_("Telephone"), max_length=40, required=False,
        help_text=_("A firm reads it once you consent to this firm."),
    )  # fmt: skip
    months = forms.TypedChoiceField(label=_("Keep it for"), coerce=int, initial=6)
    agrees = forms.BooleanField(
        label=_("I agree that what I write is kept for this time and matched with requests of firms."),
        help_text=_("You can withdraw at any time; then everything is erased."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_change: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        anywhere = ("", pgettext_lazy("researcher", "Anywhere"))
        regions = vocabularies.choices("regions", get_language())
        self.fields["region"].choices = [anywhere, *regions]
        self.fields["months"].choices = [
            (months, ngettext("%(number)s month", "%(number)s months", months) % {"number": months})
            for months in MONTHS
        ]
        if is_change:
            del self.fields["agrees"]

    def values(self) -> dict[str, Any]:
        """What an operation takes."""
        cleaned = self.cleaned_data
        return {
            "values": {name: cleaned[name] for name in FIELDS},
            "text": cleaned["text"],
            "region": cleaned["region"],
            "months": cleaned["months"],
        }
