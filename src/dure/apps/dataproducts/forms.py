"""What people fill in of data products: terms, fingerprints of files, how data went over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.dataproducts.kinds import Licence
from dure.apps.dataproducts.models import DataProduct
from dure.apps.dataproducts.queries import organisations_to_sign_for
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.foundation.ui.forms import FilesField, TextField, WonField, long_text, text_formfield
from dure.values.fingerprints import Fingerprint, fingerprint_of, read_lines


class ProductsForm(forms.Form):
    """Which products are listed."""

    words = TextField(label=gettext_lazy("Title or organisation"), required=False, max_length=100)


class ProductForm(forms.ModelForm):
    """What is offered on which terms."""

    price = WonField(
        label=gettext_lazy("Price (won)"), min_value=0, help_text=gettext_lazy("0 if it is free.")
    )

    class Meta:
        model = DataProduct
        fields = [
            "seller", "title", "description", "sample", "price", "licence", "licence_text", "is_secret",
        ]  # fmt: skip
        help_texts = {
            "sample": gettext_lazy(
                "A few rows or a description of the columns; every member reads it."
            ),
            "is_secret": gettext_lazy(
                "Then it is handed over only under a request sheet and an agreement on secrecy."
            ),
        }
        formfield_callback = text_formfield

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["seller"].queryset = organisations_to_sign_for(user)
        self.fields["seller"].empty_label = None
        self.fields["licence"].choices = Licence.choices
        for name, rows in (("description", 5), ("sample", 5), ("licence_text", 3)):
            self.fields[name].widget.attrs["rows"] = rows


class FilesForm(forms.Form):
    """Files by their fingerprints, which the browser computes, or the server where no script runs."""

    files = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        widget=type(FilesField.widget)(),
        help_text=gettext_lazy(
            "Your browser computes the fingerprints and the files stay with you. Without JavaScript they are"
            " sent, computed here, and not kept."
        ),
    )
    lines = long_text(
        gettext_lazy("Fingerprints (SHA-256), a file on each line"),
        200_000,
        rows=4,
        required=False,
        help_text=gettext_lazy(
            "Filled in by your browser; or paste what “dure fingerprint FILES” or “sha256sum FILES” prints."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["files"].widget.attrs |= {
            "data-fingerprint": "id_lines",
            "data-computed": _("fingerprint computed here, the file is not sent"),
            "data-too-large": _(
                "Too large for a browser; use “dure fingerprint FILE” or “sha256sum FILE”."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """`fingerprints`: of the files where some were sent, else as the lines say."""
        given = super().clean() or {}
        files = given.pop("files", None) or []
        given["fingerprints"] = [
            Fingerprint(file.name, fingerprint_of(file.chunks())) for file in files
        ]
        if not files:
            try:
                given["fingerprints"] = read_lines(given.get("lines", ""))
            except ValueError as error:
                self.add_error("lines", _unreadable(error.args[0]))
        given.pop("lines", None)
        return given


class VersionForm(FilesForm):
    """A version to seal."""

    note = TextField(label=gettext_lazy("What is new"), required=False, max_length=300)


class AskForm(forms.Form):
    """For whom and what for."""

    buyer = forms.ModelChoiceField(
        label=gettext_lazy("For which of your organisations"), queryset=None, empty_label=None
    )
    purpose = TextField(label=gettext_lazy("What the data is for"), max_length=500)

    def __init__(self, *args: Any, buyers: QuerySet[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["buyer"].queryset = buyers


class HandOverForm(forms.Form):
    """How the data went over."""

    how = TextField(
        label=gettext_lazy("How it went over"),
        max_length=300,
        help_text=gettext_lazy("Such as “encrypted disk by courier” or “sftp, 1 December”."),
    )


def _unreadable(line: int) -> str:
    if not line:
        return _("Too many files: at most 1,000 in a version.")
    return _("Line %(line)s is no fingerprint with a file name, or names a file twice.") % {
        "line": line
    }
