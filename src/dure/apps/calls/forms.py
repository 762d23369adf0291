"""What people fill in about calls."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, localdate, make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dure.apps.calls import queries
from dure.apps.calls.kinds import AUDIENCES
from dure.apps.calls.models import Addendum, Call, CallKind, CallMode, Channel
from dure.apps.calls.operations import Window
from dure.apps.calls.stages import State
from dure.apps.challenges.queries import announced_challenges
from dure.apps.people.models import Organisation
from dure.apps.people.queries import organisations_of, organisations_visible_to
from dure.apps.programmes.models import Version
from dure.apps.programmes.queries import programmes
from dure.foundation.ui.forms import TextField, text_formfield
from dure.foundation.vocabularies import choices

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MOST_WON = 10**15
MOST_ROUNDS = 24


class MomentField(forms.DateTimeField):
    """A day and an hour in Seoul."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **more)

    def clean(self, value: Any) -> datetime | None:
        """The moment; years that no call can have are refused."""
        moment: datetime | None = super().clean(value)
        if moment is not None and not FIRST <= moment <= LAST:
            raise ValidationError(say("Between 2000 and 2100."))
        return moment


class CallsForm(forms.Form):
    """Which calls are listed."""

    words = TextField(label=_("Words"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            (State.OPEN, State.OPEN.label),
            ("SOON", _("Closes within a week")),
            (State.TO_COME, State.TO_COME.label),
            (State.CLOSED, State.CLOSED.label),
            (State.CLOSED_EARLY, State.CLOSED_EARLY.label),
            (State.CANCELLED, State.CANCELLED.label),
        ],
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *CallKind.choices]
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    firm = forms.ModelChoiceField(
        label=_("What can my firm apply for?"), queryset=None, required=False,
        empty_label=_("All calls"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(programme.slug, str(programme)) for programme in programmes().order_by("name")]
        self.fields["programme"].choices = [("", _("All")), *known]
        self.fields["region"].choices = [("", _("All")), *choices("regions", get_language())]
        own = organisations_of(user)
        self.fields["firm"].queryset = own
        if not own:
            del self.fields["firm"]
        if queries.is_office(user):
            states = self.fields["state"].choices
            self.fields["state"].choices = [*states, (State.DRAFT, State.DRAFT.label)]
        self.is_valid()

    def wanted(self) -> dict[str, str]:
        """What is asked for; a filter that makes no sense filters nothing."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "firm" and value
        }

    def firm_asked_for(self) -> Organisation | None:
        """The reader's organisation whose right to apply is asked for."""
        organisation: Organisation | None = self.cleaned_data.get("firm")
        return organisation


class VersionForm(forms.Form):
    """The programme that a call is opened for, as it is in force."""

    programme = forms.ChoiceField(label=_("Programme"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].choices = [
            (programme.current_id, str(programme)) for programme in programmes().order_by("name")
        ]


class CallForm(forms.ModelForm):
    """A draft of a call; what the programme's file asks for stands there to be left out."""

    opens_at = MomentField(label=_("Opens"), required=False)
    closes_at = MomentField(
        label=_("Closes"),
        required=False,
        help_text=_("Seoul time. Whoever arrives at this moment is late."),
    )
    rounds = TextField(
        label=_("Rounds"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a call in rounds, one a line: 2027-01-04 09:00 ~ 2027-01-29 18:00"),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everywhere."),
    )
    challenges = forms.ModelMultipleChoiceField(
        label=_("Challenges"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a designated call: the announced challenges that it points to."),
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents at the application"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    criteria = forms.MultipleChoiceField(
        label=_("Criteria"), required=False, widget=forms.CheckboxSelectMultiple
    )
    bonus = forms.MultipleChoiceField(
        label=_("Bonus points"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=100_000)
    budget_won = forms.IntegerField(
        label=_("Budget (won)"), required=False, min_value=1, max_value=MOST_WON
    )
    seen = TextField(required=False, widget=forms.HiddenInput, max_length=50)

    class Meta:
        model = Call
        formfield_callback = text_formfield
        fields = (
            *("title", "title_en", "kind", "mode", "opens_at", "closes_at"),
            *("places", "budget_won", "text", "text_en", "contact_text"),
        )
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }

    field_order = (
        *("title", "title_en", "text", "text_en", "kind", "challenges", "mode"),
        *("opens_at", "closes_at", "rounds", "places", "budget_won", "regions"),
        *("documents", "criteria", "bonus", "contact_text"),
    )

    def __init__(self, *args: Any, version: Version, **more: Any) -> None:
        super().__init__(*args, **more)
        content, language = version.content, get_language()
        kinds = queries.kinds_of(content)
        self.fields["kind"].choices = [choice for choice in CallKind.choices if choice[0] in kinds]
        self.fields["regions"].choices = choices("regions", language)
        self.fields["challenges"].queryset = announced_challenges()
        if CallKind.DESIGNATED not in kinds:
            del self.fields["challenges"]
        call = self.instance
        is_new = call.pk is None
        on = localdate() if is_new else queries.day_of(call)
        for name in queries.PARTS:
            parts = queries.parts_of(content, name, on)
            keys = [part.key for part in parts]
            self.fields[name].choices = [
                (part.key, part.thing.name.in_language(language)) for part in parts
            ]
            self.initial[name] = [key for key in keys if is_new or key not in call.left_out]
            if not parts:
                del self.fields[name]
        if not is_new:
            self.initial |= {
                "regions": call.regions,
                "seen": call.edited_at.isoformat(),
                "challenges": list(call.challenges.all()),
                "rounds": "\n".join(map(_as_line, call.rounds.all())),
            }

    def clean_rounds(self) -> list[Window]:
        """The rounds, each from a line of its own."""
        lines = [line for line in self.cleaned_data["rounds"].splitlines() if line.strip()]
        if len(lines) > MOST_ROUNDS:
            raise ValidationError(say("At most %(most)s rounds.") % {"most": MOST_ROUNDS})
        return [_window(number, line) for number, line in enumerate(lines, 1)]

    def values(self) -> dict[str, Any]:
        """The fields of the call, for an operation."""
        data = self.cleaned_data
        values = {name: data[name] for name in self.Meta.fields}
        values["regions"] = data["regions"]
        values["left_out"] = [
            key
            for name in queries.PARTS
            if name in self.fields
            for key, _label in self.fields[name].choices
            if key not in data[name]
        ]
        return values

    def pointed_to(self) -> dict[str, Any]:
        """The challenges and rounds, for an operation."""
        is_in_rounds = self.cleaned_data["mode"] == CallMode.ROUNDS
        return {
            "challenges": self.cleaned_data.get("challenges", ()),
            "rounds": self.cleaned_data["rounds"] if is_in_rounds else (),
        }

    def _post_clean(self) -> None:
        """The operation judges what is written, and nothing of it reaches the row before."""


class AddendumForm(forms.ModelForm):
    """What is put right or added."""

    class Meta:
        model = Addendum
        formfield_callback = text_formfield
        fields = ("title", "text", "text_en")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
        }


class QuestionForm(forms.Form):
    """What somebody asks."""

    text = TextField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Question and answer are published to all, without your name."),
    )


class AnswerForm(forms.Form):
    """An answer to all."""

    published = TextField(
        label=_("Question as it is published"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Take out what would show who asked."),
    )
    answer = TextField(label=_("Answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class LaterForm(ReasonForm):
    """A later deadline for everybody."""

    until = MomentField(label=_("New deadline"))
    field_order = ("until", "reason")


class ExtensionForm(LaterForm):
    """A later deadline for one organisation."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    field_order = ("organisation", "until", "reason")

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations_visible_to(user).order_by("name")


class RecommenderForm(forms.Form):
    """A body that recommends."""

    organisation = forms.ModelChoiceField(label=_("Recommending body"), queryset=None)
    quota = forms.IntegerField(label=_("At most"), min_value=1, max_value=1000)
    until = MomentField(
        label=_("Recommends until"), help_text=_("After the deadline of the applicants.")
    )

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations_visible_to(user).order_by("name")


class HandOverForm(ReasonForm):
    """Who is in charge from now on."""

    to = forms.ModelChoiceField(label=_("Officer in charge"), queryset=None)
    field_order = ("to", "reason")

    def __init__(self, *args: Any, call: Call, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = queries.officers().exclude(pk=call.contact_id)


class ListLetterForm(forms.Form):
    """A letter to the people of a list; `people` is who they are, signed."""

    channel = forms.ChoiceField(label=_("By"), choices=Channel.choices, initial=Channel.EMAIL)
    subject = TextField(label=_("Subject"), max_length=150)
    body = TextField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    people = TextField(widget=forms.HiddenInput)


class LetterForm(ListLetterForm):
    """A letter to one of the lists of a call."""

    field_order = ["audience"]
    audience = forms.ChoiceField(label=_("To"))
    people = None  # type: ignore[assignment]
    expected = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["audience"].choices = [
            (audience.code, audience.label) for audience in AUDIENCES
        ]


class AlertForm(forms.Form):
    """Of which new calls somebody wants to be told."""

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=None, required=False, empty_label=_("All"),
        to_field_name="slug",
    )  # fmt: skip
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].queryset = programmes().order_by("name")
        self.fields["region"].choices = [("", _("All")), *choices("regions", get_language())]


def _as_line(call_round: Any) -> str:
    opens, closes = (
        f"{at.astimezone(queries.SEOUL):%Y-%m-%d %H:%M}"
        for at in (call_round.opens_at, call_round.closes_at)
    )
    return f"{opens} ~ {closes}"


def _window(number: int, line: str) -> Window:
    ends: Sequence[datetime | None] = [_moment(part) for part in line.split("~")]
    if len(ends) != 2 or None in ends:
        raise ValidationError(
            say("Line %(number)s is no round; write it like 2027-01-04 09:00 ~ 2027-01-29 18:00.")
            % {"number": number}
        )
    return Window(*ends)


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text.strip())
        if moment is not None and is_naive(moment):
            moment = make_aware(moment, queries.SEOUL)
        is_sane = moment is not None and FIRST <= moment <= LAST
    except (ValueError, OverflowError):
        return None
    return moment if is_sane else None
