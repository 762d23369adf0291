"""What an organisation says of itself at a fair, and the filters of the officer's list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.fairs.models import Registration, Side, Slot
from dure.apps.fairs.queries import ones_without_meeting, silent_ones
from dure.apps.fairs.stages import RegistrationStage
from dure.apps.people.models import Organisation
from dure.foundation.parsing import row_ids
from dure.foundation.ui.forms import TextField

PEOPLE = 6


class RegistrationForm(forms.Form):
    """Side, how many at a time, who comes, and when; for one organisation."""

    side = forms.ChoiceField(
        label=_("How do you come?"), choices=Side.choices, widget=forms.RadioSelect
    )
    parallel = forms.IntegerField(
        label=_("Meetings at the same time"),
        initial=1,
        min_value=1,
        max_value=20,
        help_text=_("How many people can each hold a meeting of their own."),
    )
    max_meetings = forms.IntegerField(
        label=_("Most meetings"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("Empty: no limit."),
    )
    interpreter = TextField(
        label=_("Interpreter for"),
        required=False,
        max_length=50,
        help_text=_("The language, such as English. Empty: none is needed."),
    )
    note = TextField(
        label=_("Note to the programme office"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    plain = ("parallel", "max_meetings", "interpreter", "note")
    explained = {"parallel": "representative", "interpreter": "interpreter"}

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        registration: Registration | None,
        slots: Sequence[Slot],
        **more: Any,
    ) -> None:
        attendees, absent = [], set()
        if registration is not None:
            more["initial"] = {name: getattr(registration, name) for name in self.plain}
            attendees = list(registration.attendees.order_by("pk"))
            absent = set(registration.absences.values_list("slot", flat=True))
        super().__init__(*args, **more)
        if not organisation.is_demand or registration is not None:
            del self.fields["side"]
        else:
            self.fields["side"].initial = Side.DEMAND
        self.slots = slots
        self.people = [
            *((attendee.name, attendee.position) for attendee in attendees),
            *[("", "")] * 2,
        ]
        self.people += [("", "")] * (PEOPLE - len(self.people))
        self.free = {slot.pk for slot in slots} - absent
        if self.is_bound:
            names, positions = self.data.getlist("name"), self.data.getlist("position")
            self.people = list(zip(names, positions, strict=False))
            ids = set(row_ids(self.data.getlist("free")))
            self.free = ids & {slot.pk for slot in slots}

    def side_said(self) -> str:
        """The side that was chosen, or the only one that fits."""
        return self.cleaned_data.get("side") or Side.SUPPLY

    def values(self) -> dict[str, Any]:
        """What the organisation says of itself."""
        return {name: self.cleaned_data[name] for name in self.plain}

    def attendees(self) -> list[tuple[str, str]]:
        """Who comes, as (name, position)."""
        return [(n.strip()[:100], p.strip()[:100]) for n, p in self.people if n.strip()]

    def absent(self) -> list[int]:
        """The slots, by id, in which they cannot meet."""
        return [slot.pk for slot in self.slots if slot.pk not in self.free]


LEFT_TO_DO = {"silent": silent_ones, "unplaced": ones_without_meeting}


class RegistrationFilter(forms.Form):
    """Which registrations are listed."""

    q = TextField(label=_("Organisation"), required=False, max_length=100)
    side = forms.ChoiceField(
        label=_("Comes as"), choices=[("", _("All")), *Side.choices], required=False
    )
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *RegistrationStage.choices], required=False
    )
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=[("", _("All")), ("yes", _("Needed"))],
        required=False,
    )

    left_to_do = forms.ChoiceField(
        label=_("Left to do"),
        choices=[
            ("", _("All")),
            ("silent", _("Has said no wish")),
            ("unplaced", _("Has no meeting")),
        ],
        required=False,
    )

    ORDERS = {
        "organisation": "organisation__name",
        "side": "side",
        "stage": "stage",
        "applied": "applied_at",
    }

    def narrow(self, registrations: QuerySet[Registration]) -> QuerySet[Registration]:
        """The registrations that are asked for; what makes no sense filters nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        if words := cleaned.get("q"):
            registrations = registrations.filter(
                Q(organisation__name__icontains=words)
                | Q(organisation__name_en__icontains=words)
                | Q(organisation__business_number=words.replace("-", ""))
            )
        for name in ("side", "stage"):
            if cleaned.get(name):
                registrations = registrations.filter(**{name: cleaned[name]})
        if cleaned.get("interpreter"):
            registrations = registrations.exclude(interpreter="")
        if left_to_do := cleaned.get("left_to_do"):
            registrations = LEFT_TO_DO[left_to_do](registrations)
        wish = self.data.get("sort", "")
        order = self.ORDERS.get(wish.removeprefix("-"))
        if order:
            return registrations.order_by(f"-{order}" if wish.startswith("-") else order, "pk")
        return registrations
