"""What people fill in of exchange groups."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.groups import queries
from dure.apps.groups.kinds import GroupKind, Level, Office
from dure.apps.groups.models import Activity, Goal, Group
from dure.apps.outcomes.queries import organisations_called
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader
from dure.foundation import vocabularies
from dure.foundation.ui.forms import DayInput, TextField, text_formfield


def _choices(vocabulary: str) -> list[tuple[str, str]]:
    is_english = get_language() == "en"
    known = vocabularies.entries(vocabulary).values()
    return [(entry.code, entry.name_en if is_english else entry.name_ko) for entry in known]


class GroupForm(forms.ModelForm):
    """A new group."""

    region = forms.ChoiceField(label=_("Region"))
    field = forms.ChoiceField(label=_("Main industry"), required=False)

    class Meta:
        model = Group
        formfield_callback = text_formfield
        fields = ("name", "level", "kind", "parent", "region", "field", "founded")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["region"].choices = _choices("regions")
        self.fields["field"].choices = [("", "–"), *_choices("fields")]
        self.fields["parent"].queryset = queries.parents()
        self.fields["parent"].empty_label = _("None")


class JoinForm(forms.Form):
    """A firm that joins."""

    organisation = TextField(
        label=_("Organisation"), max_length=200,
        help_text=_("Its business registration number, or its name."),
    )  # fmt: skip
    on = forms.DateField(label=_("Joined"), widget=DayInput(), initial=localdate)
    is_agreed = forms.BooleanField(
        label=_("The group agrees, also if a member is of the same industry"), required=False
    )

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_organisation(self) -> Organisation:
        """The organisation that was meant."""
        organisations = organisations_called(self.cleaned_data["organisation"], self.user)
        if len(organisations) == 1:
            return organisations[0]
        raise forms.ValidationError(
            _("There is no organisation with this number or name on the platform.")
        )


class LeaveForm(forms.Form):
    """When a firm left."""

    on = forms.DateField(label=_("Left"), widget=DayInput(), initial=localdate)


class OfficerForm(forms.Form):
    """Who acts for a group."""

    user = forms.EmailField(label=_("E-mail address"))
    office = forms.ChoiceField(label=_("Office"), choices=Office)
    starts_on = forms.DateField(label=_("From"), widget=DayInput(), initial=localdate)
    ends_on = forms.DateField(label=_("To"), widget=DayInput())

    def clean_user(self) -> User:
        """Whoever has this address."""
        person = queries.person_with(self.cleaned_data["user"])
        if person is None:
            raise forms.ValidationError(_("Nobody with this address has an account."))
        return person


class ActivityForm(forms.ModelForm):
    """A meeting or another activity."""

    class Meta:
        model = Activity
        formfield_callback = text_formfield
        fields = ("on", "title", "attended", "minutes", "result")
        widgets = {"on": DayInput(), "minutes": forms.Textarea({"rows": 8})}


class GoalForm(forms.ModelForm):
    """A goal of a year."""

    class Meta:
        model = Goal
        formfield_callback = text_formfield
        fields = ("year", "kind", "measure", "target")


class ReviewForm(forms.Form):
    """How far the group came."""

    reached = forms.IntegerField(label=_("Reached"), min_value=0, max_value=2_000_000_000)
    evidence = TextField(label=_("Evidence"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class SurveyForm(forms.ModelForm):
    """The survey as a group answers it itself."""

    field = forms.ChoiceField(label=_("Main industry"), required=False)

    class Meta:
        model = Group
        formfield_callback = text_formfield
        fields = ("kind", "field", "founded", "chair_said", "members_said", "last_met_on")
        widgets = {"last_met_on": DayInput()}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["field"].choices = [("", "–"), *_choices("fields")]


class GroupsFilter(forms.Form):
    """Which groups are listed."""

    words = TextField(label=_("Name"), required=False, max_length=100)
    region = forms.ChoiceField(label=_("Region"), required=False)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All")), *Level.choices]
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("group", "Type"), required=False,
        choices=[("", _("All")), *GroupKind.choices],
    )  # fmt: skip
    field = forms.ChoiceField(label=_("Main industry"), required=False)
    dormant = forms.BooleanField(label=_("Dormant"), required=False)
    unanswered = forms.BooleanField(label=_("Survey unanswered"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["region"].choices = [("", _("All")), *_choices("regions")]
        self.fields["field"].choices = [("", _("All")), *_choices("fields")]

    def narrow(self, groups: QuerySet[Group]) -> QuerySet[Group]:
        """The groups that fit."""
        self.is_valid()
        cleaned = self.cleaned_data
        if words := cleaned.get("words"):
            groups = groups.filter(name__icontains=words)
        for name in ("region", "level", "kind", "field"):
            if value := cleaned.get(name):
                groups = groups.filter(**{name: value})
        if cleaned.get("unanswered"):
            groups = queries.unanswered(groups, localdate())
        return queries.dormant(groups, localdate()) if cleaned.get("dormant") else groups
