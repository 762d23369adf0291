"""What people fill in of meetings: planning, coming, minutes, photos."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups import queries
from dure.apps.groups.models import Meeting
from dure.apps.people.models import User
from dure.foundation.ui.forms import TextField, long_text, text_formfield

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day and an hour in Seoul, of this century."""

    widget = _Moment

    def clean(self, value: Any) -> datetime | None:
        """The moment; others than those of this century are refused."""
        moment: datetime | None = super().clean(value)
        if moment is not None and not FIRST <= moment <= LAST:
            raise forms.ValidationError(_("Between 2000 and 2100."))
        return moment


class MeetingForm(forms.ModelForm):
    """A meeting that is planned."""

    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=pgettext_lazy("meeting", "Ends"))

    class Meta:
        model = Meeting
        formfield_callback = text_formfield
        fields = ("title", "starts_at", "ends_at", "place", "agenda")
        help_texts = {"agenda": _("One item in each line.")}
        widgets = {"agenda": forms.Textarea({"rows": 6})}


class GuestForm(forms.Form):
    """A guest at the door."""

    name = TextField(label=_("Name"), max_length=100)
    firm = TextField(label=_("Organisation"), max_length=200)


class PresentForm(forms.Form):
    """Somebody who is put on the list."""

    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("Of somebody with an account. For others write name and organisation."),
    )  # fmt: skip
    name = TextField(label=_("Name"), max_length=100, required=False)
    firm = TextField(label=_("Organisation"), max_length=200, required=False)

    def clean_email(self) -> User | None:
        """Whoever has this address."""
        email = self.cleaned_data["email"]
        person = queries.person_with(email) if email else None
        if email and person is None:
            raise forms.ValidationError(_("Nobody with this address has an account."))
        return person

    def clean(self) -> dict[str, Any]:
        """Either of the two ways."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("email") and not cleaned.get("name"):
            self.add_error("name", _("Write a name, or an e-mail address."))
        return cleaned


class MinutesForm(forms.Form):
    """What was said, and what came of it."""

    minutes = long_text(pgettext_lazy("meeting", "Minutes"), 10_000, rows=10)
    result = TextField(
        label=_("What came of it"), max_length=500, required=False,
        help_text=_("A contact, an order, a project. It may stay empty."),
    )  # fmt: skip


class PhotoForm(forms.Form):
    """A photo."""

    file = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or HEIC, up to 20 MB. Place, time and camera are left out."),
        widget=forms.ClearableFileInput({"accept": "image/*,.heic"}),
    )
    caption = TextField(label=_("What it shows"), max_length=200)
