"""Forms of the steps around a draft: starting, inviting, copying, files, what the office decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.applications import adapter
from dure.apps.applications.models import ROLES, Application
from dure.apps.calls.models import Call
from dure.apps.calls.queries import officers
from dure.apps.people.queries import people_of
from dure.foundation.ui.forms import TextField

ACCEPT = ".hwp,.hwpx,.docx,.pdf,.xlsx,.png,.jpg,.jpeg"


class CellsField(forms.CharField):
    """Cells as they were pasted: their tabs and line breaks stay, the sheet reader cleans each."""


class StartForm(forms.Form):
    """For which organisation, and for which challenge of a designated call."""

    organisation = forms.ModelChoiceField(None, label=_("For which organisation"), empty_label=None)
    challenge = forms.ModelChoiceField(None, label=_("For which challenge"), required=False)

    def __init__(self, *args: Any, call: Call, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if call.kind == "DESIGNATED":
            self.fields["challenge"].queryset = call.challenges.all()
            self.fields["challenge"].required = True
        else:
            del self.fields["challenge"]


class InviteForm(forms.Form):
    number = TextField(
        label=_("Business registration number"),
        max_length=20,
        help_text=_("Ten digits. The people of the organisation are told at once."),
    )
    role = forms.ChoiceField(label=_("Role"))
    sees_all = forms.BooleanField(
        label=_("May read the whole application"),
        help_text=_("Otherwise it reads its own part."),
        required=False,
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = adapter.programme_roles(application.call)
        self.fields["role"].choices = [
            (role, label) for role, label in ROLES if role in roles and role != "lead"
        ]


class CopyForm(forms.Form):
    source = forms.ModelChoiceField(None, label=_("Copy from"))

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources
        self.fields["source"].label_from_instance = lambda earlier: (
            f"{earlier.number} · {earlier.call}"
        )


class HelpForm(forms.Form):
    helper = forms.ModelChoiceField(None, label=_("Who may read it and help"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = officers()


class LeaderForm(forms.Form):
    leader = forms.ModelChoiceField(None, label=_("Project leader"), empty_label=None)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = people_of(application.organisation)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ACCEPT}), allow_empty_file=True
    )


class ImportForm(forms.Form):
    pasted = CellsField(
        label=_("Paste the cells from Excel here"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=False,
        help_text=_("With the row of headers, in any order of columns."),
    )
    file = forms.FileField(
        label=_("Or the filled template"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class AdmissionForm(forms.Form):
    reason = TextField(
        label=_("Which fault of the platform"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read this."),
    )


class OpeningForm(forms.Form):
    reason = TextField(
        label=_("Why before the deadline"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Every applicant is told. A second officer confirms it."),
    )
