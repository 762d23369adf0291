"""Django forms in KRDS markup: FORM_RENDERER = "dure.foundation.ui.forms.Renderer".

All text that people type or paste comes in through `TextField`.
"""

from typing import Any

from django import forms
from django.db import models
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dure.foundation.files import ENDINGS
from dure.foundation.parsing import single_line
from dure.values.amounts import won
from dure.values.text import clean

MOST_WON = 10**15


class TextField(forms.CharField):
    """Text as it was meant: composed letters, nothing that is not seen; of such signs alone, empty.

    Outside a text area it has one line: it may end in the subject of an e-mail or a calendar.
    """

    def to_python(self, value: Any) -> Any:
        """The cleaned text."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        if not isinstance(self.widget, forms.Textarea):
            text = single_line(text)
        return clean(text) or self.empty_value


def long_text(label: Any, limit: int, *, rows: int = 3, **more: Any) -> TextField:
    """A text of several lines."""
    return TextField(
        label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class WonField(forms.IntegerField):
    """Whole won as people write them: 5,500,000, 550만 or 1.5억."""

    def __init__(self, *, min_value: int = 1, max_value: int = MOST_WON, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=min_value, max_value=max_value, widget=widget, **more)

    def to_python(self, value: Any) -> int | None:
        """Whole won; None for an empty field."""
        if value in self.empty_values:
            return None
        amount = won(str(value))
        if amount is None:
            raise forms.ValidationError(gettext("Write whole won, such as 5,500,000."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        """With the thousands marked."""
        return f"{value:,}" if isinstance(value, int) else value


class DayInput(forms.DateInput):
    """A day, chosen from a calendar; written the same way in every language, as browsers want it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PaymentForm(forms.Form):
    """Money that came in; the `key` is the form's own, so that one sent twice counts once."""

    key = TextField(widget=forms.HiddenInput, max_length=64)
    paid_on = forms.DateField(label=_("Paid"), widget=DayInput())
    amount = WonField(label=_("Amount (won)"))


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, or photos from a phone; cleaned to a list of at most ten."""

    widget = _Files(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS) + ",image/*"})
    most = 10

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that were chosen."""
        several = data if isinstance(data, list | tuple) else [data] if data else []
        files = [file for file in several if file is not None]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > self.most:
            raise forms.ValidationError(
                gettext("Choose at most %(limit)s files.") % {"limit": self.most}
            )
        return files


class LargeFilesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Files that came in pieces before the form (`foundation/tus.py`), to be chosen; by default, none.

    `at` says to where new ones are sent, and names what was begun and has not arrived: uploads with
    `name`, `size`, `received`, `mark` and an address. Pages that show it load the script of the app that takes the pieces.
    """

    widget = forms.CheckboxSelectMultiple
    piece_bytes = 1024**2

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            queryset=None, required=False, label=label, template_name="ui/forms/large_files.html"
        )
        self.begin_url, self.beside = "", ""
        self.coming: Any = ()

    def at(self, begin_url: str, *, beside: str, arrived: Any, coming: Any) -> None:
        """Send new ones to `begin_url`, chosen by the input for files with the id `beside`."""
        self.queryset, self.begin_url, self.beside, self.coming = arrived, begin_url, beside, coming


def text_formfield(field: "models.Field[Any, Any]", **more: Any) -> forms.Field | None:
    """The form field of a model's field, with its text cleaned: `Meta.formfield_callback`.

    A number may be no larger than its column holds, also where the form leaves the model alone.
    """
    if type(field) in (models.CharField, models.TextField) and not field.choices:
        more["form_class"] = TextField
    if isinstance(field, models.IntegerField) and not field.choices:
        more["validators"] = field.validators
    return field.formfield(**more)


class Renderer(TemplatesSetting):
    """Looks in the project's templates first, then in Django's own for the bare widgets."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def __init__(self) -> None:
        self._widgets = DjangoTemplates()
        self._found: dict[str, Any] = {}

    def get_template(self, template_name: str) -> Any:
        if template_name not in self._found:
            try:
                self._found[template_name] = super().get_template(template_name)
            except TemplateDoesNotExist:
                self._found[template_name] = self._widgets.get_template(template_name)
        return self._found[template_name]
