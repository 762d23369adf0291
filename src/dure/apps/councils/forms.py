"""What people fill in of councils; parts, sides and options stand in the council's file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.councils import queries
from dure.apps.councils.kinds import Council, Origin, Stance
from dure.apps.councils.models import Comment, Item, Meeting, Opinion, Seat, Vote, WinWinModel
from dure.apps.councils.stages import FollowUpStage, ModelStage
from dure.apps.outcomes.queries import organisations_called
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader
from dure.apps.projects.queries import projects_visible_to
from dure.engines.voting import tidy_code
from dure.foundation.ui.forms import DayInput, TextField, text_formfield
from dure.values.amounts import won

_NAMED = _("Its business registration number, or its name.")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class PersonField(forms.EmailField):
    """Somebody with an account, by e-mail address."""

    def clean(self, value: Any) -> User | None:
        """The person."""
        email = super().clean(value)
        person = queries.person_with(email) if email else None
        if email and person is None:
            raise forms.ValidationError(_("Nobody with this address has an account."))
        return person


class FirmField(TextField):
    """An organisation by its number or name; the form sets the `reader`."""

    reader: Reader

    def clean(self, value: Any) -> Organisation | None:
        """The organisation."""
        text = super().clean(value)
        organisations = organisations_called(text, self.reader) if text else []
        if text and len(organisations) != 1:
            raise forms.ValidationError(
                _("Several organisations have this name. Write the business registration number.")
                if organisations
                else _("There is no organisation with this number or name on the platform.")
            )
        return organisations[0] if organisations else None


class SeatForm(forms.Form):
    """Who gets a seat, for which side and how long."""

    user = PersonField(label=_("E-mail address"))
    side = forms.ChoiceField(label=pgettext_lazy("council", "Side"))
    is_chair = forms.BooleanField(label=_("Chair"), required=False)
    stands_in_for = forms.ModelChoiceField(
        label=_("Alternate of"), queryset=None, required=False, empty_label=_("Nobody")
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("To"), widget=DayInput())

    def __init__(self, *args: Any, council: Council, seats: QuerySet[Seat], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["side"].choices = [(side.id, str(side)) for side in council.sides]
        self.fields["stands_in_for"].queryset = seats.filter(stands_in_for=None)


class SeatEndForm(forms.Form):
    """The last day of a seat."""

    on = forms.DateField(label=_("Last day"), widget=DayInput(), initial=localdate)


class MeetingForm(forms.ModelForm):
    """A meeting: in a room, online, or both."""

    class Meta:
        model = Meeting
        formfield_callback = text_formfield
        fields = ("title", "starts_at", "place", "online_url")
        widgets = {"starts_at": _Moment()}

    def clean(self) -> dict[str, Any]:
        """A meeting is somewhere."""
        cleaned = super().clean()
        if not (cleaned.get("place") or cleaned.get("online_url")):
            self.add_error("place", _("Say where it is, or give the address online."))
        return cleaned


class ItemForm(forms.ModelForm):
    """An item of the agenda."""

    class Meta:
        model = Item
        formfield_callback = text_formfield
        fields = ("title", "text", "model")
        widgets = {"text": _area(4)}

    def __init__(self, *args: Any, models: QuerySet[WinWinModel], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["model"].queryset = models
        self.fields["model"].empty_label = _("None")


class PaperForm(forms.Form):
    """A paper for an item."""

    file = forms.FileField(label=_("File"))


class InterestForm(forms.Form):
    """An interest in an item; the secretary says whose."""

    seat = forms.ModelChoiceField(label=_("Member"), queryset=None)
    reason = TextField(label=_("What the interest is"), max_length=500)

    def __init__(self, *args: Any, seats: QuerySet[Seat], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["seat"].queryset = seats


class ProxyForm(forms.Form):
    """Who votes for whom."""

    giver = forms.ModelChoiceField(label=_("Who does not come"), queryset=None)
    holder = forms.ModelChoiceField(label=_("Who votes for them"), queryset=None)

    def __init__(
        self, *args: Any, givers: QuerySet[Seat], holders: QuerySet[Seat], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["giver"].queryset = givers
        self.fields["holder"].queryset = holders


class MinutesForm(forms.Form):
    """The minutes."""

    text = TextField(label=pgettext_lazy("meeting", "Minutes"), max_length=20_000, widget=_area(18))


class ConfirmForm(forms.Form):
    """Yes to the minutes, or what is wrong with them."""

    digest = TextField(widget=forms.HiddenInput, max_length=64)
    objection = TextField(
        label=_("What is wrong"), max_length=2000, required=False, widget=_area(4),
        help_text=_("Leave it empty to say yes."),
    )  # fmt: skip


class VoteForm(forms.Form):
    """What is voted on, by which rule, secretly or openly; in writing also until when."""

    rule = forms.ChoiceField(label=_("Rule"))
    question = TextField(label=_("Question"), max_length=300)
    is_secret = forms.BooleanField(label=_("Secret vote"), required=False)
    closes_at = forms.DateTimeField(label=_("Open until"), widget=_Moment())

    def __init__(self, *args: Any, council: Council, is_written: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["rule"].choices = [
            (rule.id, str(rule))
            for rule in council.rules_on(localdate())
            if rule.is_written_allowed or not is_written
        ]
        if not is_written:
            del self.fields["closes_at"]


class BallotForm(forms.Form):
    """One vote; `code` was shown with the page and is kept nowhere."""

    option = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)
    code = TextField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, vote: Vote, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["option"].choices = [(option.id, str(option)) for option in vote.file.options]


class AttendanceFilter(forms.Form):
    """Which seats of a meeting are listed."""

    q = TextField(label=_("Name"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Status"), required=False,
        choices=[
            ("", _("All")), ("there", _("Present")), ("missing", pgettext_lazy("seat", "Not there")),
        ],
    )  # fmt: skip

    def narrow(self, seats: QuerySet[Seat]) -> QuerySet[Seat]:
        """The seats that fit."""
        self.is_valid()
        if words := self.cleaned_data.get("q"):
            seats = seats.filter(user__name__icontains=words)
        is_there = Q(came_at__isnull=False, left_at__isnull=True)
        state = self.cleaned_data.get("state")
        return seats.filter(is_there if state == "there" else ~is_there) if state else seats


class CodeForm(forms.Form):
    """A code, to look for the own vote."""

    code = TextField(
        label=_("Your code"), max_length=40, help_text=_("Sixteen letters and digits.")
    )

    def clean_code(self) -> str:
        """The code as it was given out."""
        code = tidy_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("A code has sixteen letters and digits."))
        return code


class SectionsForm(forms.Form):
    """The text of a model, part by part."""

    def __init__(
        self, *args: Any, council: Council, text: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.council = council
        for section in council.sections:
            self.fields[f"section_{section.id}"] = TextField(
                label=str(section), max_length=5000, required=False, widget=_area(5),
                help_text=str(section.hint or ""), initial=(text or {}).get(section.id, ""),
            )  # fmt: skip

    def sections(self) -> dict[str, str]:
        """What was written of each part."""
        return {
            section.id: self.cleaned_data[f"section_{section.id}"]
            for section in self.council.sections
        }


class ModelForm(SectionsForm):
    """A new model."""

    title = TextField(label=_("Title"), max_length=200)
    origin = forms.ChoiceField(label=pgettext_lazy("model", "Found by"), choices=Origin)
    large_firm = FirmField(label=_("Large firm"), max_length=200, help_text=_NAMED)
    small_firm = FirmField(label=_("Small firm"), max_length=200, help_text=_NAMED)
    mou = TextField(label=_("Memorandum of the firms"), max_length=200, required=False)
    grant_won = TextField(label=_("Grant of the study group"), max_length=40, required=False)
    report = TextField(
        label=_("Report of the study group"), max_length=5000, required=False, widget=_area(4)
    )

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("large_firm", "small_firm"):
            self.fields[name].reader = user

    def clean_grant_won(self) -> int:
        """Whole won."""
        text = self.cleaned_data["grant_won"]
        amount = won(text) if text else 0
        if amount is None or amount < 0:
            raise forms.ValidationError(_("Write whole won, such as 5,500,000."))
        return amount

    def clean(self) -> dict[str, Any]:
        """A model is one of two firms."""
        cleaned = super().clean() or self.cleaned_data
        firms = cleaned.get("large_firm"), cleaned.get("small_firm")
        if all(firms) and firms[0] == firms[1]:
            self.add_error("small_firm", _("Name two organisations."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields of the model."""
        names = ("title", "origin", "large_firm", "small_firm", "mou", "grant_won", "report")
        return {name: self.cleaned_data[name] for name in names}


class VersionForm(SectionsForm):
    """The next version of a model."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)
    note = TextField(label=_("What changed"), max_length=300, required=False)

    field_order = ()


class CommentForm(forms.ModelForm):
    """A comment on a part."""

    class Meta:
        model = Comment
        formfield_callback = text_formfield
        fields = ("text",)
        widgets = {"text": _area(4)}


class AskForm(forms.Form):
    """Which ministry is asked, through whom."""

    ministry = TextField(label=_("Ministry"), max_length=100)
    asked = PersonField(label=_("E-mail address"))


class OpinionForm(forms.ModelForm):
    """What a ministry says."""

    stance = forms.ChoiceField(label=_("Opinion"), choices=Stance)

    class Meta:
        model = Opinion
        formfield_callback = text_formfield
        fields = ("stance", "text")
        widgets = {"text": _area(6)}


class ExpertForm(forms.Form):
    """Who may read a model."""

    user = PersonField(label=_("E-mail address"))


class ConditionsForm(forms.Form):
    """On which conditions a model was returned."""

    text = TextField(label=_("Conditions"), max_length=3000, widget=_area(5))


class DecisionForm(forms.Form):
    """What the committee decided."""

    stage = forms.ChoiceField(
        label=_("Decision of the committee"),
        choices=[(stage.value, stage.label) for stage in (ModelStage.APPROVED, ModelStage.REFUSED)],
    )
    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=localdate)
    decision = TextField(label=_("Number or reason"), max_length=300, required=False)


class FollowUpForm(forms.Form):
    """What a model gives rise to."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = TextField(label=_("Title"), max_length=200)
    owner = TextField(label=_("Who sees to it"), max_length=100)
    due_on = forms.DateField(label=_("By"), widget=DayInput())
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, council: Council, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [
            (follow_up.id, str(follow_up)) for follow_up in council.follow_ups
        ]
        self.fields["project"].queryset = projects_visible_to(user)


class EndForm(forms.Form):
    """What came of it."""

    stage = forms.ChoiceField(
        label=_("Status"),
        choices=[(e.value, e.label) for e in (FollowUpStage.DONE, FollowUpStage.FAILED)],
    )
    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=localdate)
    result = TextField(label=_("What came of it"), max_length=2000, widget=_area(4))
