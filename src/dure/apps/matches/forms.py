"""What people fill in: filters of the lists, an answer, a bar, a search in free words."""

from string import digits
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.matches.models import (
    LIKELY,
    AnswerKind,
    BarKind,
    Direction,
    NotForUs,
    Side,
    Strength,
    Suggestion,
)
from dure.apps.matches.queries import barred_names
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.foundation.ui.forms import DayInput, TextField
from dure.foundation.vocabularies.match_reasons import strength_name

LONGEST_TEXT = 2000


def strength_choices() -> list[tuple[str, str]]:
    """How well something fits, in the reader's language, or all."""
    names = [(strength.value, strength_name(strength, get_language())) for strength in Strength]
    return [("", _("All")), *names]


class AnswerForm(forms.Form):
    """One tap on a card: about which pair, what, and why."""

    need = forms.IntegerField(min_value=1)
    technology = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=AnswerKind.choices)
    why = TextField(required=False)
    note = TextField(required=False, max_length=1000)
    side = forms.ChoiceField(choices=Side.choices, required=False)
    direction = forms.ChoiceField(choices=Direction.choices, required=False)
    is_folded = forms.BooleanField(required=False)
    next = TextField(required=False)


class TakeBackForm(AnswerForm):
    """The same pair again, without an answer."""

    kind = None  # type: ignore[assignment]


class InboxForm(forms.Form):
    """Which suggestions the reader wants to see."""

    STATES = (
        ("", _("To answer")),
        ("INTERESTED", _("Interested")),
        ("NOT_FOR_US", _("Not for us")),
        ("ALL", _("All")),
    )
    about = forms.ChoiceField(label=_("For"), required=False)
    strength = forms.ChoiceField(
        label=_("How well it fits"), choices=strength_choices, required=False
    )
    state = forms.ChoiceField(label=_("Answer"), choices=STATES, required=False)
    new = forms.ChoiceField(
        label=_("Since the last look"),
        choices=[("", _("All")), ("1", _("New only"))],
        required=False,
    )
    further = forms.BooleanField(label=_("Look further"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, about: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["about"].choices = [("", _("All of mine")), *about]
        self.is_valid()

    def asked(self, name: str) -> Any:
        """A filter's value; what makes no sense filters nothing."""
        return self.cleaned_data.get(name) or ""

    def narrow(self, suggestions: QuerySet[Suggestion], since: Any) -> QuerySet[Suggestion]:
        """The suggestions that are asked for; `since` is where «new» begins."""
        if not (state := self.asked("state")):
            suggestions = suggestions.filter(own_answer__isnull=True)
        elif state != "ALL":
            suggestions = suggestions.filter(own_answer=state)
        if strength := self.asked("strength"):
            suggestions = suggestions.filter(strength=strength)
        elif self.asked("further"):
            suggestions = suggestions.exclude(strength__in=LIKELY)
        elif not state:
            suggestions = suggestions.filter(strength__in=LIKELY)
        if self.asked("new") and since:
            suggestions = suggestions.filter(first_created_at__gt=since)
        if about := self.asked("about"):
            direction, _sep, own_id = about.partition("-")
            suggestions = suggestions.filter(direction=direction, own_id=own_id)
        return suggestions

    def unlikely(self, suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
        """What only comes near and waits for an answer: shown to those who look further."""
        return suggestions.filter(own_answer__isnull=True).exclude(strength__in=LIKELY)


class AnswersForm(forms.Form):
    """Which answers are listed."""

    words = TextField(label=_("Title or organisation"), required=False, max_length=100)
    side = forms.ChoiceField(
        label=_("Side"), choices=[("", _("All")), *Side.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Answer"), choices=[("", _("All")), *AnswerKind.choices], required=False
    )
    why = forms.ChoiceField(
        label=_("Why"), choices=[("", _("All")), *NotForUs.choices], required=False
    )

    def narrow(self, answers: QuerySet) -> QuerySet:
        """The answers that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        for name in ("side", "kind", "why"):
            if value := self.cleaned_data.get(name):
                answers = answers.filter(**{name: value})
        if words := self.cleaned_data.get("words"):
            answers = answers.filter(
                Q(need__title__icontains=words)
                | Q(need__title_en__icontains=words)
                | Q(technology__title__icontains=words)
                | Q(technology__title_en__icontains=words)
                | Q(need__organisation__name__icontains=words)
                | Q(technology__organisation__name__icontains=words)
            )
        return answers


class BarForm(forms.Form):
    """Two organisations that must not be matched, or one with anybody."""

    organisation = TextField(
        label=_("Organisation"),
        help_text=_("Its name or its business registration number."),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    other = TextField(
        label=_("Must not be matched with"),
        help_text=_("Leave this empty to keep it from everybody."),
        required=False,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Why"), choices=BarKind.choices)
    until = forms.DateField(
        label=_("Until"),
        help_text=_("Leave this empty if no end is known."),
        required=False,
        widget=DayInput(),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_organisation(self) -> Organisation:
        return self._named(self.cleaned_data["organisation"])

    def clean_other(self) -> Organisation | None:
        other = self.cleaned_data["other"]
        return self._named(other) if other else None

    def _named(self, typed: str) -> Organisation:
        number = "".join(character for character in typed if character in digits)
        known = barred_names(self.reader)
        organisations = list(known.filter(Q(name=typed) | Q(name_en=typed))[:2])
        if len(organisations) != 1 and len(number) >= 10:
            organisations = list(known.filter(business_number=number[-10:])[:2])
        if not organisations:
            raise forms.ValidationError(_("No organisation has this name or number."))
        if len(organisations) > 1:
            raise forms.ValidationError(
                _("Several organisations have this name. Write the business registration number.")
            )
        return organisations[0]


class TryForm(forms.Form):
    """A need or a technology in free words."""

    KINDS = (
        ("technologies", _("Technologies for my problem")),
        ("needs", _("Needs I could solve")),
    )
    text = TextField(
        label=_("In your own words"), required=False, max_length=LONGEST_TEXT, strip=True
    )
    kind = forms.ChoiceField(choices=KINDS, required=False)
