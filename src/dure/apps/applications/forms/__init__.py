"""Forms of applications."""

from dure.apps.applications.forms.parts import DeclareForm, PartForm, RowsForm, form_of
from dure.apps.applications.forms.recommending import RankForm
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
    "RankForm",
    "RowsForm",
    "StartForm",
    "UploadForm",
    "form_of",
]
