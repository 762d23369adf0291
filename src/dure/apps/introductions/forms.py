"""What people fill in of an introduction: messages, times, contacts, filters of the list."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Technology, region_choices
from dure.apps.introductions.models import Introduction, MeetingProposal
from dure.apps.introductions.queries import silent
from dure.apps.introductions.reasons import Reason
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.foundation.files import ENDINGS
from dure.foundation.ui.forms import TextField
from dure.values.ids import business_number

TIMES = 3


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleaned to a list."""

    widget = _Files(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, list | tuple) else [data] if data else []
        # An empty file is named by the operation, in our words.
        return [file for file in several if file]


class MessageForm(forms.Form):
    """A message to the other side."""

    text = TextField(
        label=_("Message"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, HWP, Word, Excel, PowerPoint, text, pictures; five at most, 20 MB each."),
    )
    is_secret = forms.BooleanField(
        label=_("These files are technical data that we keep secret"),
        required=False,
        help_text=_("They go only under a request sheet and an agreement on secrecy."),
    )


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TimesForm(forms.Form):
    """Up to three times for one meeting."""

    LENGTHS = (30, 60, 90, 120)
    time_1 = forms.DateTimeField(label=_("First choice"), widget=_Moment())
    time_2 = forms.DateTimeField(label=_("Second choice"), required=False, widget=_Moment())
    time_3 = forms.DateTimeField(label=_("Third choice"), required=False, widget=_Moment())
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(n, _("%(n)s minutes") % {"n": n}) for n in LENGTHS],
        initial=60,
    )
    is_online = forms.TypedChoiceField(
        label=_("Where"),
        choices=[("no", _("On site")), ("yes", _("Online"))],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    place = TextField(
        label=_("Place or address of the online meeting"),
        max_length=MeetingProposal._meta.get_field("place").max_length,  # noqa: SLF001 -- public API
    )

    def times(self) -> list[datetime]:
        """The times that were filled in."""
        given = (self.cleaned_data.get(f"time_{n}") for n in range(1, TIMES + 1))
        return [start for start in given if start]


def first_offer(now: datetime) -> datetime:
    """What stands in the form at first: in two days, at ten."""
    return (now + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)


class ContactForm(forms.Form):
    """Who speaks for one's side."""

    person = forms.ModelChoiceField(label=_("Our contact"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people


class IntroductionsForm(forms.Form):
    """Which introductions are listed."""

    words = TextField(label=_("Organisation, need or technology"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *IntroductionStage.choices], required=False
    )
    silent = forms.ChoiceField(
        label=_("Silence"),
        choices=[("", _("All")), ("yes", _("Gone silent"))],
        required=False,
    )

    def narrow(
        self, introductions: QuerySet[Introduction], now: datetime
    ) -> QuerySet[Introduction]:
        """Those that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        if stage := self.cleaned_data.get("stage"):
            introductions = introductions.filter(stage=stage)
        if self.cleaned_data.get("silent"):
            introductions = silent(introductions, now).order_by("quiet_since", "pk")
        if words := self.cleaned_data.get("words"):
            introductions = introductions.filter(
                Q(need__title__icontains=words)
                | Q(technology__title__icontains=words)
                | Q(need__organisation__name__icontains=words)
                | Q(technology__organisation__name__icontains=words)
            )
        return introductions


class FirmForm(forms.Form):
    """The least that must be known of a firm."""

    business_number = TextField(
        label=_("Business registration number"),
        max_length=20,
        help_text=_("Ten digits, for example 124-81-00998."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = TextField(
        label=_("Name"), max_length=200, help_text=_("As on the business registration.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (kind.value, kind.label)
            for kind in OrganisationKind
            if kind.value in ("SME", "STARTUP", "MID_SIZE", "UNIVERSITY", "INSTITUTE")
        ],
        initial=OrganisationKind.SME,
    )
    region = forms.ChoiceField(
        label=_("Region"), choices=lambda: [("", _("Please choose")), *region_choices()]
    )
    explained = {"business_number": "business-registration-number"}

    def clean_business_number(self) -> str:
        """Ten digits with a true check digit."""
        number = business_number(self.cleaned_data["business_number"])
        if number is None:
            raise forms.ValidationError(
                _("This cannot be a business registration number: its check digit does not fit.")
            )
        return number


class OfferForm(forms.Form):
    """What one can do for a need: something that is here already, or a sentence to draft it from."""

    organisation = forms.ModelChoiceField(label=_("For"), queryset=None, empty_label=None)
    technology = forms.ModelChoiceField(
        label=_("Which of your technologies?"),
        queryset=None,
        required=False,
        empty_label=_("Another one: I describe it below"),
    )
    text = TextField(
        label=_("What can you do?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One sentence is enough for a first match: what it does, for whom, how well. For"
            " example: Plate heat exchangers that win back 60 % of the heat of paint ovens."
        ),
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        technologies: QuerySet[Technology],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations
        self.fields["technology"].queryset = technologies
        if len(own := list(organisations[:2])) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = own[0].pk
        if not technologies:
            del self.fields["technology"]

    def clean(self) -> dict[str, Any]:
        """Either a technology or a sentence."""
        cleaned = super().clean() or {}
        if not cleaned.get("technology") and not cleaned.get("text"):
            self.add_error("text", Reason.SAY_MORE.label)
        return cleaned
