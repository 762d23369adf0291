"""What people fill in of originals: a file, or its fingerprint in its place."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.apps.origins.queries import organisations_to_register_for
from dure.apps.people.queries import Reader
from dure.foundation.ui.forms import TextField
from dure.values.fingerprints import fingerprint_of, read_fingerprint


class FingerprintForm(forms.Form):
    """A file whose fingerprint the browser computes, or the server where no script runs."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "Your browser computes the fingerprint and the file stays with you. Without JavaScript the file"
            " is sent, its fingerprint computed here, and the file is not kept."
        ),
    )
    sha256 = TextField(
        label=gettext_lazy("Fingerprint (SHA-256)"),
        required=False,
        max_length=400,
        help_text=gettext_lazy(
            "Filled in by your browser; or paste what “dure fingerprint FILE”, “sha256sum FILE” or, on Windows,"
            " “certutil -hashfile FILE SHA256” prints."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].widget.attrs |= {
            "data-fingerprint": "id_sha256",
            "data-computed": _("fingerprint computed here, the file is not sent"),
            "data-too-large": _(
                "Too large for a browser; use “dure fingerprint FILE” or “sha256sum FILE”."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """The fingerprint, of the file where one was sent."""
        given = super().clean() or {}
        if file := given.pop("file", None):
            given["sha256"] = fingerprint_of(file.chunks())
            if "file_name" in self.fields and not given.get("file_name"):
                given["file_name"] = file.name
        elif not given.get("sha256"):
            self.add_error("file", _("Choose the file, or paste its fingerprint."))
        elif not (fingerprint := read_fingerprint(given["sha256"])):
            self.add_error(
                "sha256", _("This is no SHA-256: it has 64 digits from 0 to 9 and a to f.")
            )
        else:
            given["sha256"] = fingerprint
        return given


class OriginForm(FingerprintForm):
    """An original to register."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=None, empty_label=None
    )
    title = TextField(
        label=gettext_lazy("What it is"),
        max_length=200,
        help_text=gettext_lazy("For yourselves, such as “coating process, third draft”."),
    )
    file_name = TextField(label=gettext_lazy("Name of the file"), required=False, max_length=255)

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations_to_register_for(user)
        self.fields["file"].widget.attrs["data-fingerprint-name"] = "id_file_name"
        self.order_fields(["organisation", "title", "file", "sha256", "file_name"])


class CheckForm(FingerprintForm):
    """A file or fingerprint to compare with a registered original."""

    number = TextField(
        label=gettext_lazy("Number on the certificate"),
        required=False,
        max_length=40,
        help_text=gettext_lazy(
            "Such as ORG-2026-000001. Without it your own organisation's originals are searched."
        ),
    )
    field_order = ("number", "file", "sha256")


class CertificateForm(FingerprintForm):
    """The same file once more, and the language of the certificate."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the certificate"),
        choices=[("ko", gettext_lazy("Korean")), ("en", gettext_lazy("English"))],
        initial=get_language,
    )


class OriginsForm(forms.Form):
    """Which originals are listed."""

    words = TextField(
        label=gettext_lazy("Title, file or fingerprint"), required=False, max_length=100
    )
