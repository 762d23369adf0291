"""What is said to save, rename and delete a search."""

from django import forms

from dure.apps.catalog.models import Shelf


class SaveForm(forms.Form):
    """The filters of a list and the name they are kept under."""

    kind = forms.ChoiceField(choices=Shelf.choices)
    query = forms.CharField(required=False, max_length=4000)
    name = forms.CharField(required=False, max_length=200)


class NameForm(forms.Form):
    """Another name."""

    name = forms.CharField(required=False, max_length=200)
