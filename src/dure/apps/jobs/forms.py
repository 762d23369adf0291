"""What a list of jobs can be narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.models import JobStage
from dure.apps.jobs.presenters import KINDS


class JobFilter(forms.Form):
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *JobStage.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *KINDS.items()]
    )
