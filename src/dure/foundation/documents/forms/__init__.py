"""Forms in HWPX: which fields a form has, filling them, and reading a filled form.

What a form asks for and where that stands is a data file (`files/*.toml`, docs/reference/forms.md);
the document itself is handed in: an official form, or our own (`plan.blank`).
"""

from dure.foundation.documents.forms._apart import Filled, fill, read
from dure.foundation.documents.forms._form import (
    Form,
    FormMismatch,
    FormProblem,
    UnusableForm,
    form_ids,
    form_named,
    parse,
)

__all__ = [
    "Filled",
    "Form",
    "FormMismatch",
    "FormProblem",
    "UnusableForm",
    "fill",
    "form_ids",
    "form_named",
    "parse",
    "read",
]
