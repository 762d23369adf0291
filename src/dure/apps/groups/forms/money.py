"""What people fill in of the money of a group."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups import queries
from dure.apps.groups.kinds import INCOME, BookingKind
from dure.apps.groups.models import Booking, Group
from dure.foundation.ui.forms import DayInput, TextField, WonField

MOST_OF_A_GROUP = 10**11  # won


class DuesForm(forms.Form):
    """The dues of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    amount = WonField(label=_("Dues of a member"), max_value=MOST_OF_A_GROUP)
    due_on = forms.DateField(label=_("Pay by"), widget=DayInput())


class BookingForm(forms.Form):
    """Money that came in or went out."""

    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=localdate)
    kind = forms.ChoiceField(label=_("What for"), choices=BookingKind)
    amount = WonField(label=_("Amount"), max_value=MOST_OF_A_GROUP)
    party = TextField(label=_("From or to whom"), max_length=200)
    text = TextField(label=_("Note"), max_length=200, required=False)
    member = forms.ModelChoiceField(
        label=pgettext_lazy("dues", "Member"), queryset=None, required=False,
        help_text=_("For dues: who paid them."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = queries.all_members(group)

    def clean(self) -> dict[str, Any]:
        """Dues have a member."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == BookingKind.DUES and not cleaned.get("member"):
            self.add_error("member", _("Choose who paid the dues."))
        return cleaned


class AssignForm(forms.Form):
    """What a payment from a bank's file was for."""

    kind = forms.ChoiceField(label=_("What for"))
    member = forms.ModelChoiceField(
        label=pgettext_lazy("dues", "Member"), queryset=None, required=False,
        help_text=_("For dues: who paid them."),
    )  # fmt: skip

    def __init__(self, *args: Any, booking: Booking, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [kind for kind in BookingKind if (kind in INCOME) is booking.is_income]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["member"].queryset = queries.all_members(booking.group)
        if not booking.is_income:
            del self.fields["member"]

    def clean(self) -> dict[str, Any]:
        """Dues have a member."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned.setdefault("member", None)
        if cleaned.get("kind") == BookingKind.DUES and not cleaned["member"]:
            self.add_error("member", _("Choose who paid the dues."))
        return cleaned


class ApproveForm(forms.Form):
    """Which meeting approved the account."""

    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=None)

    def __init__(self, *args: Any, group: Group, year: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting"].queryset = queries.meetings_for_account(group, year)
