"""Forms of the ledger: of what day, since when, and money for a programme."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.ledger.kinds import ENTRY_KINDS
from dure.apps.ledger.models import MOST
from dure.apps.programmes.queries import programmes
from dure.foundation.ui.forms import DayInput, TextField

YEARS = (1990, 2200)


class DayForm(forms.Form):
    """The trial balance at the end of a day."""

    on = forms.DateField(label=_("At the end of"), required=False, widget=DayInput())


class SpanForm(forms.Form):
    """Lines of an account from one day to another."""

    since = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until = forms.DateField(label=_("To"), required=False, widget=DayInput())


class JournalForm(SpanForm):
    """Entries from one day to another, of a kind; `of` is a reference, such as an agreement."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    of = TextField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        kinds = [(code, ENTRY_KINDS[code]) for code in ENTRY_KINDS.codes()]
        self.fields["kind"].choices = [("", _("All")), *kinds]


class YearForm(forms.Form):
    """The budgets of a year."""

    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=YEARS[0], max_value=YEARS[1]
    )


class AppropriationForm(forms.Form):
    """Money for a programme and year; a negative amount takes back what is free."""

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None)
    year = forms.IntegerField(label=_("Year"), min_value=YEARS[0], max_value=YEARS[1])
    amount = forms.IntegerField(
        label=_("Amount (won)"),
        min_value=-MOST,
        max_value=MOST,
        help_text=_("Below nought to take back what is free."),
    )
    reason = TextField(label=_("Reason"), max_length=500)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].queryset = programmes()
