"""A fair: its words, its days and halls, a copy of an earlier one, who stands at the desk."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs.models import Fair
from dure.apps.fairs.operations import Day, HallPlan, Pause
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, organisations_visible_to
from dure.foundation.parsing import whole_number
from dure.foundation.ui.forms import DayInput, TextField

# How many empty lines there are to begin with; "add another" gives one more, up to so many.
LINES = {"on": 2, "pause_from": 2, "hall": 2}
LINES_AT_MOST = 60
NOON = time(12)


class Moment(forms.DateTimeField):
    """A day and an hour, as the browser's own control gives it."""

    def __init__(self, **more: Any) -> None:
        more["widget"] = forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        )
        super().__init__(**more)


class FairForm(forms.Form):
    """The words, deadlines and rules of a fair."""

    name = TextField(label=_("Name"), max_length=200)
    name_en = TextField(label=_("Name in English"), max_length=200, required=False)
    place = TextField(label=_("Place"), max_length=200)
    place_en = TextField(label=_("Place in English"), max_length=200, required=False)
    lead = TextField(
        label=_("What it is about"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lead_en = TextField(
        label=_("What it is about, in English"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    registration_until = Moment(label=_("Registration until"), required=False)
    wishes_until = Moment(label=_("Wishes until"), required=False)
    most_musts = forms.IntegerField(
        label=_("Most “must meet” wishes of one organisation"),
        required=False,
        initial=5,
        min_value=1,
        max_value=100,
        help_text=_("Empty: as many as they like. Few make each of them count."),
    )
    seen_at = TextField(required=False, widget=forms.HiddenInput)
    explained = {"most_musts": "must"}

    def __init__(self, *args: Any, fair: Fair | None = None, **more: Any) -> None:
        if fair is not None:
            names = [name for name in self.base_fields if name != "seen_at"]
            more["initial"] = {name: getattr(fair, name) for name in names}
            more["initial"]["seen_at"] = fair.updated_at.isoformat()
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("registration_until"), values.get("wishes_until")
        if first and last and last < first:
            self.add_error("wishes_until", _("Wishes end after registration does."))
        return values

    def values(self) -> dict[str, Any]:
        """The fields of the fair."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_at"}

    def seen(self) -> datetime | None:
        """When the fair had last been changed as the writer saw it."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            return None


class RoomForm(forms.Form):
    """Days, breaks, halls and tables; lines that are left empty do not count."""

    slot_minutes = forms.IntegerField(
        label=_("Length of a meeting, in minutes"),
        initial=20,
        min_value=5,
        max_value=240,
        help_text=_("20 or 30 minutes are usual, with the change of table in it."),
    )
    spare_percent = forms.IntegerField(
        label=_("Tables kept free for walk-ins, in per cent"),
        initial=15,
        min_value=0,
        max_value=90,
        help_text=_("10 to 20 per cent have proved right."),
    )
    explained = {"spare_percent": "spare-table"}

    def __init__(
        self, *args: Any, first_day: date | None = None, another: str = "", **more: Any
    ) -> None:
        initial = {
            "opens_1": time(10), "closes_1": time(17), "on_1": first_day,
            "pause_from_1": NOON, "pause_to_1": time(13), "tables_1": 40,
        }  # fmt: skip
        more["initial"] = more.get("initial") or initial
        super().__init__(*args, **more)
        self.lines = {stem: range(1, self._count(stem, another) + 1) for stem in LINES}
        for number in self.lines["on"]:
            self._day_fields(number)
        for number in self.lines["pause_from"]:
            for end, label in (("from", _("Break from")), ("to", _("Break to"))):
                self.fields[f"pause_{end}_{number}"] = _clock(label)
        for number in self.lines["hall"]:
            self._hall_fields(number)

    def day_rows(self) -> list[list[forms.BoundField]]:
        """The lines for days."""
        return [
            [self[f"{name}_{number}"] for name in ("on", "opens", "closes")]
            for number in self.lines["on"]
        ]

    def pause_rows(self) -> list[list[forms.BoundField]]:
        """The lines for breaks, which are the same on all days."""
        return [
            [self[f"pause_{end}_{number}"] for end in ("from", "to")]
            for number in self.lines["pause_from"]
        ]

    def hall_rows(self) -> list[list[forms.BoundField]]:
        """The lines for halls."""
        return [
            [self[f"{name}_{number}"] for name in ("hall", "hall_en", "tables")]
            for number in self.lines["hall"]
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in self.lines["on"]:
            on, opens, closes = (values.get(f"{n}_{number}") for n in ("on", "opens", "closes"))
            if on and not (opens and closes):
                self.add_error(f"on_{number}", _("Say from when to when this day is open."))
        for number in self.lines["pause_from"]:
            starts, ends = values.get(f"pause_from_{number}"), values.get(f"pause_to_{number}")
            if bool(starts) != bool(ends) or (starts and ends and ends <= starts):
                self.add_error(f"pause_to_{number}", _("A break has a beginning and an end."))
        for number in self.lines["hall"]:
            if values.get(f"tables_{number}") and not values.get(f"hall_{number}"):
                values[f"hall_{number}"] = str(_("Hall %(n)d") % {"n": number})
        names = [name for n in self.lines["hall"] if (name := values.get(f"hall_{n}"))]
        if len(set(names)) < len(names):
            self.add_error("hall_1", _("Two halls have the same name."))
        return values

    def days(self) -> list[Day]:
        """The days that were filled in."""
        cleaned = self.cleaned_data
        pauses = tuple(
            _pause(cleaned[f"pause_from_{number}"], cleaned[f"pause_to_{number}"])
            for number in self.lines["pause_from"]
            if cleaned[f"pause_from_{number}"]
        )
        return [
            Day(
                cleaned[f"on_{number}"],
                cleaned[f"opens_{number}"],
                cleaned[f"closes_{number}"],
                cleaned["slot_minutes"],
                pauses,
            )
            for number in self.lines["on"]
            if cleaned[f"on_{number}"]
        ]

    def halls(self) -> list[HallPlan]:
        """The halls that were filled in."""
        cleaned = self.cleaned_data
        return [
            HallPlan(cleaned[f"hall_{n}"], cleaned[f"tables_{n}"] or 0, cleaned[f"hall_en_{n}"])
            for n in self.lines["hall"]
            if cleaned[f"hall_{n}"] and cleaned[f"tables_{n}"]
        ]

    def _count(self, stem: str, another: str) -> int:
        """How many lines of a kind were sent or are known, and one more where it is asked for."""
        known = self.data if self.is_bound else self.initial
        tails = [name.removeprefix(f"{stem}_") for name in known if name.startswith(f"{stem}_")]
        last = max((whole_number(tail) or 0 for tail in tails), default=0)
        lines = last if self.is_bound else max(last, 1 if another else LINES[stem])
        return min(max(lines, 1) + (another == stem), LINES_AT_MOST)

    def _day_fields(self, number: int) -> None:
        self.fields[f"on_{number}"] = forms.DateField(
            label=_("Day %(n)d") % {"n": number},
            required=number == 1,
            widget=DayInput(),
        )
        self.fields[f"opens_{number}"] = _clock(_("Opens"))
        self.fields[f"closes_{number}"] = _clock(_("Closes"))

    def _hall_fields(self, number: int) -> None:
        self.fields[f"hall_{number}"] = TextField(
            label=_("Hall %(n)d") % {"n": number}, max_length=100, required=False
        )
        self.fields[f"hall_en_{number}"] = TextField(
            label=_("Hall in English"), max_length=100, required=False
        )
        self.fields[f"tables_{number}"] = forms.IntegerField(
            label=_("Tables"), min_value=0, max_value=500, required=number == 1
        )


class CopyForm(forms.Form):
    """A fair like an earlier one."""

    name = TextField(label=_("Name"), max_length=200)
    name_en = TextField(label=_("Name in English"), max_length=200, required=False)
    first_day = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        help_text=_(
            "Slots, halls, tables and briefing sessions are copied; nobody is invited yet."
        ),
    )


class DutyForm(forms.Form):
    """Somebody who helps at the desk, by e-mail address."""

    email = forms.EmailField(label=_("E-mail address"))

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = people

    def clean_email(self) -> User:
        person = self.people.filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account with this e-mail address."))
        return person


def choosable_organisations(reader: Reader) -> list[Organisation]:
    """The verified organisations that an officer can register."""
    organisations = organisations_visible_to(reader).filter(verified_at__isnull=False)
    return list(organisations.order_by("name"))


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _pause(starts: time, ends: time) -> Pause:
    is_lunch = starts <= NOON < ends
    return Pause(starts, ends, *(("점심", "Lunch") if is_lunch else ("휴식", "Break")))
