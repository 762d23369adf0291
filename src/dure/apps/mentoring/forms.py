"""Forms of mentoring."""

from datetime import timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.mentoring.kinds import SCORES, Part, Way, rules
from dure.apps.mentoring.models import Pair, Profile
from dure.apps.mentoring.operations import Draft
from dure.apps.mentoring.stages import PairStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, organisations_called
from dure.foundation.ui.forms import DayInput, TextField, long_text

GOALS = range(1, 4)


class ProfileForm(forms.Form):
    """What a firm teaches and wants."""

    wants = long_text(
        _("What we want to learn"), 3000, rows=4, required=False,
        help_text=_("Firms that can teach it are found by these words."),
    )  # fmt: skip
    teaches = long_text(
        _("What we can teach"), 3000, rows=4, required=False,
        help_text=_("For senior firms. Leave it empty if you do not mentor."),
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("Firms that we mentor at a time"), min_value=1,
        max_value=rules().limits.mentor_pairs, initial=1,
    )  # fmt: skip
    is_open = forms.BooleanField(label=_("Open for new firms"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """One of both has to be said."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("wants") or cleaned.get("teaches")):
            self.add_error("wants", gettext("Say what you want to learn, or what you can teach."))
        return cleaned


class FirmForm(forms.Form):
    """A firm of the platform, by number or name."""

    firm = TextField(
        label=_("Firm"), max_length=200,
        help_text=_("Its business registration number, or its name."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_firm(self) -> Organisation:
        """The one that was meant."""
        known = organisations_called(self.cleaned_data["firm"], self.user)
        if len(known) != 1:
            raise forms.ValidationError(
                gettext("Several organisations have this name. Write the number.")
                if known
                else gettext("There is no organisation with this number or name.")
            )
        return known[0]


class ProposeForm(forms.Form):
    """A mentor for a firm, why, and why despite a tie."""

    mentor = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput())
    note = TextField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    despite = TextField(max_length=500, required=False)

    def __init__(self, *args: Any, profiles: QuerySet[Profile], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["mentor"].queryset = profiles


class HandOverForm(forms.Form):
    """To whom, and what they should know."""

    to = forms.ModelChoiceField(label=_("To whom"), queryset=None)
    note = long_text(_("What they should know"), 2000, rows=4)

    def __init__(self, *args: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["to"]
        field.queryset = people
        field.label_from_instance = lambda user: (
            ngettext("%(name)s (%(number)s firm)", "%(name)s (%(number)s firms)", user.caseload)
            % {"name": user, "number": user.caseload}
        )


class WhyForm(forms.Form):
    """Why."""

    why = long_text(_("Why"), 500)


class GoalsForm(forms.Form):
    """Up to three goals, and the term."""

    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput())

    def __init__(self, *args: Any, pair: Pair, **more: Any) -> None:
        super().__init__(*args, **more)
        known = list(pair.goals.all())
        first = pair.starts_on or localdate()
        months = rules().limits.months
        last = first + relativedelta(months=months) - timedelta(days=1)
        self.fields["starts_on"].initial = first
        self.fields["ends_on"].initial = pair.ends_on or last
        for number in GOALS:
            goal = known[number - 1] if number <= len(known) else None
            named = {"number": number}
            self.fields[f"text_{number}"] = TextField(
                label=gettext("Goal %(number)s") % named, max_length=300, required=number == 1,
                initial=goal.text if goal else "",
            )  # fmt: skip
            self.fields[f"measure_{number}"] = TextField(
                label=gettext("How one sees that goal %(number)s is reached") % named,
                max_length=300, required=number == 1, initial=goal.measure if goal else "",
            )  # fmt: skip
        self.order_fields([
            *(f"{name}_{number}" for number in GOALS for name in ("text", "measure")),
            "starts_on", "ends_on",
        ])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A goal without a measure is none."""
        cleaned = super().clean() or self.cleaned_data
        for number in GOALS:
            if cleaned.get(f"text_{number}") and not cleaned.get(f"measure_{number}"):
                self.add_error(f"measure_{number}", gettext("Say how one sees it."))
        return cleaned

    def goals(self) -> list[Draft]:
        """The goals that were written."""
        return [
            Draft(text, self.cleaned_data[f"measure_{number}"])
            for number in GOALS
            if (text := self.cleaned_data[f"text_{number}"])
        ]


class SessionForm(forms.Form):
    """A session, noted in a minute."""

    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=localdate)
    minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, initial=60,
        choices=[
            (30, _("30 minutes")), (60, _("1 hour")), (90, _("1 hour 30 minutes")),
            (120, _("2 hours")), (180, _("3 hours")), (240, _("4 hours or more")),
        ],
    )  # fmt: skip
    way = forms.ChoiceField(
        label=pgettext_lazy("session", "How"), choices=Way.choices, initial=Way.VISIT,
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = long_text(_("What it was about"), 2000)
    next_step = TextField(label=_("Until next time"), max_length=300, required=False)


class ReviewForm(forms.Form):
    """How useful it is, in a number and in words."""

    score = forms.TypedChoiceField(
        label=_("How useful is it? (1 little, 5 very)"),
        choices=[(score, str(score)) for score in SCORES], coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    text = long_text(_("In words"), 2000, rows=5)

    def __init__(self, *args: Any, part: Part, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"].help_text = (
            gettext("What goes well, and what should change?")
            if part == Part.MIDWAY
            else gettext("What was reached, what was not, and what comes next?")
        )


class EndForm(forms.Form):
    """Which goals were reached."""

    reached = forms.TypedMultipleChoiceField(
        label=_("Goals that were reached"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, pair: Pair, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reached"].choices = [(goal.pk, goal.text) for goal in pair.goals.all()]


class PairsFilter(forms.Form):
    """Which pairs are listed."""

    words = TextField(label=_("Firm"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *PairStage.choices]
    )

    def narrow(self, pairs: QuerySet[Pair]) -> QuerySet[Pair]:
        """The pairs that fit; a filter that makes no sense filters nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            pairs = pairs.filter(
                Q(mentor__name__icontains=word) | Q(mentee__name__icontains=word)
                | Q(mentor__name_en__icontains=word) | Q(mentee__name_en__icontains=word)
            )  # fmt: skip
        stage = cleaned.get("stage")
        return pairs.filter(stage=stage) if stage else pairs


class ProfilesFilter(forms.Form):
    """Which profiles are listed."""

    words = TextField(label=_("Firm or words"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[
            ("", _("All")),
            ("mentor", pgettext_lazy("mentoring", "Mentor")),
            ("mentee", pgettext_lazy("mentoring", "Mentee")),
        ],
    )

    def narrow(self, profiles: QuerySet[Profile]) -> QuerySet[Profile]:
        """The profiles that fit."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            profiles = profiles.filter(
                Q(organisation__name__icontains=word) | Q(organisation__name_en__icontains=word)
                | Q(teaches__icontains=word) | Q(wants__icontains=word)
            )  # fmt: skip
        role = cleaned.get("role")
        if role == "mentor":
            return profiles.exclude(teaches="")
        return profiles.exclude(wants="") if role == "mentee" else profiles
