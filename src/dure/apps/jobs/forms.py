"""What a list of jobs can be narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import KINDS
from dure.apps.jobs.models import JobStage


class JobFilter(forms.Form):
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *JobStage.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=lambda: [("", _("All")), *((kind.code, kind.label) for kind in KINDS)],
    )
