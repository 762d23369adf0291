"""Forms of applications."""

from dure.apps.applications.forms.parts import DeclareForm, PartForm, RowsForm, form_of
from dure.apps.applications.forms.steps import (
    AdmissionForm,
    CopyForm,
    HelpForm,
    ImportForm,
    InviteForm,
    LeaderForm,
    OpeningForm,
    StartForm,
    UploadForm,
)

__all__ = [
    "AdmissionForm",
    "CopyForm",
    "DeclareForm",
    "HelpForm",
    "ImportForm",
    "InviteForm",
    "LeaderForm",
    "OpeningForm",
    "PartForm",
    "RowsForm",
    "StartForm",
    "UploadForm",
    "form_of",
]
