"""What people fill in: the filters of the list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from dure.apps.records.kinds import RECORD_KINDS
from dure.apps.records.models import Entry
from dure.foundation.ui.forms import DayInput


class RecordsForm(forms.Form):
    """Which entries are listed."""

    kind = forms.ChoiceField(label=_("Recorded act"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [(record_kind.code, lazystr(record_kind.label)) for record_kind in RECORD_KINDS]
        self.fields["kind"].choices = [("", _("All")), *kinds]
        self.is_valid()

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that are asked for; a filter that makes no sense filters nothing."""
        if kind := self.cleaned_data.get("kind"):
            entries = entries.filter(kind=kind)
        if since := self.cleaned_data.get("since"):
            entries = entries.filter(created_at__date__gte=since)
        return entries
