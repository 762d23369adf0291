"""What is said to save, rename and delete a search."""

from django import forms

from dure.apps.catalog.models import EntryKind
from dure.foundation.ui.forms import TextField


class SaveForm(forms.Form):
    """The filters of a list and the name they are kept under."""

    kind = forms.ChoiceField(choices=EntryKind.choices)
    query = TextField(required=False, max_length=4000)
    name = TextField(required=False, max_length=200)


class NameForm(forms.Form):
    """Another name."""

    name = TextField(required=False, max_length=200)
