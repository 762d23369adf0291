"""Messages, milestones and reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.foundation.ui.forms import FilesField, long_text


class MessageForm(forms.Form):
    """A message to everybody in the project."""

    text = long_text(_("Message"), 5000)
    is_risk = forms.BooleanField(label=_("This is a risk"), required=False)
    files = FilesField(label=_("Files"), required=False)


class MilestoneForm(forms.Form):
    """What was reached, and what shows it."""

    text = long_text(_("What was reached"), 5000)
    files = FilesField(label=_("Files"), required=False)


class ReportForm(forms.Form):
    """Only what the platform does not know."""

    text = long_text(_("What was done"), 10_000, rows=8)
    problems = long_text(_("What went differently"), 5000, required=False)
