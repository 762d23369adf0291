"""Exchange meetings, who takes part, consultations, interpreters."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange import queries
from dure.apps.exchange.forms.fields import (
    LANGUAGES,
    CountriesField,
    CountryField,
    MomentField,
)
from dure.apps.exchange.kinds import HOME_ZONE, Form, Side
from dure.apps.exchange.models import ExchangeMeeting, Talk
from dure.apps.exchange.stages import MeetingStage, PartStage, TalkStage
from dure.foundation.ui.forms import DayInput, TextField, long_text

MEETING_FIELDS = (
    "name", "lead", "countries", "partner", "form", "place", "link", "zone", "starts_at",
    "ends_at", "apply_until", "places",
)  # fmt: skip


class MeetingsForm(forms.Form):
    """Which meetings are listed."""

    words = TextField(label=_("Words"), required=False, max_length=100)
    country = CountryField(label=_("Country"), required=False)
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *MeetingStage.choices]
    )

    def narrow(self, exchange_meetings: QuerySet[ExchangeMeeting]) -> QuerySet[ExchangeMeeting]:
        """The meetings that are asked for."""
        self.is_valid()
        cleaned = self.cleaned_data
        if cleaned.get("words"):
            exchange_meetings = exchange_meetings.filter(name__icontains=cleaned["words"])
        if cleaned.get("country"):
            exchange_meetings = exchange_meetings.filter(countries__contains=[cleaned["country"]])
        if cleaned.get("stage"):
            exchange_meetings = exchange_meetings.filter(stage=cleaned["stage"])
        return exchange_meetings


class MeetingForm(forms.Form):
    """A meeting: what, with whom, where and when."""

    name = TextField(label=_("Name"), max_length=200)
    lead = long_text(_("What it is about"), 3000, rows=4, required=False)
    countries = CountriesField(label=_("Countries"), widget=forms.SelectMultiple(attrs={"size": 8}))
    partner = forms.ModelChoiceField(
        label=_("Partner agency"), queryset=None, required=False, empty_label="–"
    )
    form = forms.ChoiceField(label=pgettext_lazy("meeting", "Form"), choices=Form.choices)
    place = TextField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Address of the online room"), max_length=500, required=False,
        assume_scheme="https", help_text=_("Only who takes part sees it."),
    )  # fmt: skip
    zone = TextField(
        label=_("Time zone of the place"), max_length=50, initial=HOME_ZONE,
        help_text=_("As Asia/Jakarta or Asia/Seoul. Every firm also sees its own time."),
    )  # fmt: skip
    starts_at = MomentField(label=_("From (Seoul time)"))
    ends_at = MomentField(label=_("To (Seoul time)"))
    apply_until = MomentField(label=_("Applications until (Seoul time)"))
    places = forms.IntegerField(
        label=_("Places for Korean firms"), min_value=1, max_value=1000, required=False,
        help_text=_("Empty: no limit."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["partner"].queryset = queries.partners()


def initial_of(meeting: ExchangeMeeting) -> dict[str, Any]:
    """A meeting as its form shows it."""
    return {name: getattr(meeting, name) for name in MEETING_FIELDS}


class ApplyForm(forms.Form):
    """Taking part for one's organisation."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    listing = forms.ModelChoiceField(
        label=_("Technology"), queryset=None, required=False, empty_label="–",
        help_text=_("One that you have registered for exchange."),
    )  # fmt: skip
    wish = long_text(_("What you look for"), 2000, rows=4, required=False)

    def __init__(self, *arguments: Any, user: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        own = queries.applicants(user)
        self.fields["organisation"].queryset = own
        self.fields["organisation"].initial = own.first()
        self.fields["listing"].queryset = queries.own_listings(user)
        if queries.is_from_abroad(user):
            del self.fields["listing"]
            self.fields["wish"].required = True


class InviteForm(forms.Form):
    """An organisation from abroad that the office asked."""

    organisation = forms.ModelChoiceField(label=_("Organisation from abroad"), queryset=None)
    wish = long_text(_("What it looks for"), 2000, rows=4)
    delegation = forms.ModelChoiceField(
        label=_("Delegation"), queryset=None, required=False, empty_label="–"
    )

    def __init__(self, *arguments: Any, user: Any, meeting: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["organisation"].queryset = queries.invitable(user, meeting)
        self.fields["delegation"].queryset = meeting.delegations.all()


class AnswerForm(forms.Form):
    """Selected, or why not."""

    is_selected = forms.TypedChoiceField(
        label=pgettext_lazy("exchange", "Decision"),
        choices=[("yes", pgettext_lazy("exchange meeting", "Selected")),
                 ("no", pgettext_lazy("exchange meeting", "Not selected"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = long_text(pgettext_lazy("exchange", "Why not"), 1000, rows=4, required=False)


class DelegationForm(forms.Form):
    """Firms that come together."""

    country = CountryField(label=_("Country"))
    name = TextField(label=_("Delegation"), max_length=200)
    head = TextField(label=_("Led by"), max_length=200, required=False)
    arrives_on = forms.DateField(label=_("Arrives"), widget=DayInput(), required=False)
    leaves_on = forms.DateField(
        label=pgettext_lazy("exchange", "Leaves"), widget=DayInput(), required=False
    )


class HourInput(forms.TimeInput):
    """An hour of the day, as browsers let one choose it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class TalkForm(forms.Form):
    """A consultation of two selected firms."""

    home = forms.ModelChoiceField(label=_("Korean firm"), queryset=None)
    abroad = forms.ModelChoiceField(label=_("Firm from abroad"), queryset=None)
    starts_at = MomentField(label=_("From (Seoul time)"))
    ends_at = MomentField(label=_("To (Seoul time)"))
    form = forms.ChoiceField(label=pgettext_lazy("meeting", "Form"), choices=Form.choices)
    table = TextField(label=_("Table"), max_length=50, required=False)
    language = forms.ChoiceField(
        label=_("Interpreter for"), required=False, choices=[("", _("None")), *LANGUAGES]
    )

    def __init__(self, *arguments: Any, meeting: ExchangeMeeting, **named: Any) -> None:
        super().__init__(*arguments, **named)
        selected = meeting.parts.filter(stage=PartStage.SELECTED).select_related("organisation")
        self.fields["home"].queryset = selected.filter(side=Side.HOME)
        self.fields["abroad"].queryset = selected.filter(side=Side.ABROAD)
        self.fields["starts_at"].initial = localtime(meeting.starts_at)
        self.fields["form"].initial = meeting.form


class PlaceForm(forms.Form):
    """How consultations are placed by themselves."""

    minutes = forms.IntegerField(
        label=_("Minutes of a consultation"), min_value=10, max_value=240, initial=30
    )
    pause = forms.IntegerField(
        label=_("Minutes between two"), min_value=0, max_value=120, initial=10
    )
    opens = forms.TimeField(
        label=_("First at"), widget=HourInput(), initial="09:30",
        help_text=_("By the clock of the place, on each day of the meeting."),
    )  # fmt: skip
    closes = forms.TimeField(label=_("Last until"), widget=HourInput(), initial="17:30")
    tables = forms.IntegerField(
        label=_("Consultations at a time"), min_value=1, max_value=100, initial=5
    )
    most = forms.IntegerField(
        label=_("Consultations of a firm at most"), min_value=1, max_value=50, initial=6
    )
    form = forms.ChoiceField(
        label=pgettext_lazy("meeting", "Form"), choices=Form.choices,
        help_text=_("Online nobody is placed before 7:00 or after 22:00 by their own clock."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Interpreter for"), required=False, choices=[("", _("None")), *LANGUAGES],
        help_text=_("No more at a time than there are interpreters who are free."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The day ends after it begins."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = values.get("opens"), values.get("closes")
        if first and last and last <= first:
            self.add_error("closes", _("This lies before the first one."))
        return values


class AssignForm(forms.Form):
    """Who interprets."""

    interpreter = forms.ModelChoiceField(
        label=_("Interpreter"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(self, *arguments: Any, talk: Talk, **named: Any) -> None:
        super().__init__(*arguments, **named)
        free = queries.interpreters().filter(languages__contains=[talk.language])
        self.fields["interpreter"].queryset = free.exclude(pk__in=queries.busy_during(talk))
        self.fields["interpreter"].initial = talk.interpreter


class RecordForm(forms.Form):
    """Whether a consultation was held, and what was said."""

    stage = forms.ChoiceField(
        label=_("Status"),
        choices=[
            (stage.value, stage.label)
            for stage in (TalkStage.HELD, TalkStage.MISSED, TalkStage.CANCELLED)
        ],
        widget=forms.RadioSelect,
    )
    note = long_text(_("What was said"), 5000, rows=4, required=False)


class InterpreterForm(forms.Form):
    """Somebody who interprets."""

    name = TextField(label=_("Name"), max_length=100)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
