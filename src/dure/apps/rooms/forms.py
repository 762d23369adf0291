"""What people fill in of rooms: lines of the register, bookings, filters of the lists."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.people.queries import organisations_of
from dure.apps.rooms.kinds import ItemKind, Way, places
from dure.apps.rooms.models import Booking, Item, Room
from dure.apps.rooms.stages import RoomStage
from dure.foundation.files import TECHNICAL_ENDINGS
from dure.foundation.ui.forms import (
    DayInput,
    FilesField,
    LargeFilesField,
    TextField,
    text_formfield,
)

ACCEPTED = ",".join(f".{ending}" for ending in TECHNICAL_ENDINGS) + ",image/*"


class RoomsForm(forms.Form):
    """Which rooms are listed."""

    words = TextField(label=_("Title or organisation"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *RoomStage.choices], required=False
    )

    def narrow(self, rooms: QuerySet[Room]) -> QuerySet[Room]:
        """The rooms that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        if stage := self.cleaned_data.get("stage"):
            rooms = rooms.filter(stage=stage)
        if words := self.cleaned_data.get("words"):
            rooms = rooms.filter(
                Q(title__icontains=words)
                | Q(demand__name__icontains=words)
                | Q(supply__name__icontains=words)
            )
        return rooms


class ItemForm(forms.ModelForm):
    """A line of the register."""

    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "Copies of PDF, PNG and JPEG files carry the mark of their reader. Files of other kinds are handed"
            " over unmarked."
        ),
    )

    large = LargeFilesField(label=_("Large files"))

    class Meta:
        model = Item
        fields = ["kind", "way", "said_on", "text", "purpose", "is_secret", "answers"]
        widgets = {"said_on": DayInput()}
        help_texts = {
            "way": _("What was said elsewhere stands as noted by you alone until they confirm it."),
            "purpose": _("For requests and hand-overs: for what the material is."),
            "is_secret": _(
                "Then words and files reach the other side only under a request sheet and an agreement on"
                " secrecy; until both are there they are held."
            ),
        }
        formfield_callback = text_formfield

    def __init__(self, *arguments: Any, items: QuerySet[Item], today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["files"].widget.attrs["accept"] = ACCEPTED
        self.fields["kind"].choices = ItemKind.choices
        self.fields["way"].choices = Way.choices
        self.fields["said_on"].initial = today
        self.fields["text"].widget.attrs["rows"] = 4
        self.fields["answers"].queryset = items
        self.fields["answers"].required = False
        self.fields["answers"].label = _("Answer to")
        self.order_fields(
            ["kind", "text", "purpose", "files", "large", "is_secret", "way", "said_on", "answers"]
        )


class BookingForm(forms.Form):
    """Which room at which place, when, and what for."""

    place = forms.ChoiceField(label=_("Place"))
    day = forms.DateField(label=_("Day"), widget=DayInput())
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}))
    title = TextField(
        label=_("What for"),
        max_length=Booking._meta.get_field("title").max_length,  # noqa: SLF001
    )
    organisation = forms.ModelChoiceField(label=_("For"), queryset=None, empty_label=None)
    room = forms.ModelChoiceField(
        label=_("Room of the deal"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(self, *arguments: Any, user: Any, rooms: QuerySet[Room], **named: Any) -> None:
        super().__init__(*arguments, **named)
        own: QuerySet[Organisation] = organisations_of(user).filter(verified_at__isnull=False)
        self.fields["place"].choices = [(place.code, str(place)) for place in places()]
        self.fields["organisation"].queryset = own
        self.fields["room"].queryset = rooms

    def wanted(self) -> dict[str, Any]:
        """As `operations.book` takes it."""
        cleaned = self.cleaned_data
        return {
            "place": cleaned["place"],
            "organisation": cleaned["organisation"],
            "room": cleaned["room"],
            "title": cleaned["title"],
            "starts_at": make_aware(datetime.combine(cleaned["day"], cleaned["begins"])),
            "ends_at": make_aware(datetime.combine(cleaned["day"], cleaned["ends"])),
        }


class MarkForm(forms.Form):
    """A file that turned up somewhere."""

    file = forms.FileField(
        label=_("The file (PDF, PNG, JPEG)"),
        widget=forms.ClearableFileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
