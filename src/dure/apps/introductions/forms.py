"""What people fill in of an introduction: messages, times, contacts, filters of the list."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.introductions.models import Introduction, MeetingProposal
from dure.apps.introductions.queries import silent
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.people.models import User
from dure.foundation.files import ENDINGS

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

    text = forms.CharField(
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


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TimesForm(forms.Form):
    """Up to three times for one meeting."""

    LENGTHS = (30, 60, 90, 120)
    time_1 = forms.DateTimeField(label=_("First time"), widget=_Moment())
    time_2 = forms.DateTimeField(label=_("Second time"), required=False, widget=_Moment())
    time_3 = forms.DateTimeField(label=_("Third time"), required=False, widget=_Moment())
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
    place = forms.CharField(
        label=_("Place or address of the online meeting"),
        max_length=MeetingProposal._meta.get_field("place").max_length,  # noqa: SLF001 -- public API
    )

    def times(self) -> list[datetime]:
        """The times that were filled in."""
        given = (self.cleaned_data.get(f"time_{n}") for n in range(1, TIMES + 1))
        return [each for each in given if each]


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

    words = forms.CharField(
        label=_("Organisation, need or technology"), required=False, max_length=100
    )
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *IntroductionStage.choices], required=False
    )
    silent = forms.ChoiceField(
        label=_("Silence"),
        choices=[("", _("All")), ("yes", _("Gone silent"))],
        required=False,
    )

    def narrow(self, found: QuerySet[Introduction], now: datetime) -> QuerySet[Introduction]:
        """Those that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        if stage := self.cleaned_data.get("stage"):
            found = found.filter(stage=stage)
        if self.cleaned_data.get("silent"):
            found = silent(found, now).order_by("quiet_since", "pk")
        if words := self.cleaned_data.get("words"):
            found = found.filter(
                Q(need__title__icontains=words)
                | Q(technology__title__icontains=words)
                | Q(need__organisation__name__icontains=words)
                | Q(technology__organisation__name__icontains=words)
            )
        return found
