"""Forms of selections: the pool, the check, panels, score sheets, the table, objections."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import organisation_with_number, person_with_email
from dure.apps.selection import permissions, queries
from dure.apps.selection.adapter import Loss
from dure.apps.selection.kinds import TABLED, InterestKind
from dure.apps.selection.models import Draft, Item, Reviewer, Selection, Sheet
from dure.apps.selection.operations import Answer, NewInterest
from dure.apps.selection.stages import ItemStage, ReviewerStage
from dure.foundation import vocabularies
from dure.foundation.parsing import whole_number
from dure.foundation.ui.forms import DayInput, FilesField, TextField
from dure.values.ids import business_number

CHECKED = (ItemStage.ADMITTED, ItemStage.INCOMPLETE, ItemStage.EXCLUDED)


class InviteForm(forms.Form):
    """Whom to invite into the pool."""

    email = forms.EmailField(label=_("E-mail address of the reviewer"))

    def clean_email(self) -> User:
        """The person with the address."""
        person = person_with_email(self.cleaned_data["email"])
        if person is None:
            raise forms.ValidationError(_("Nobody with this address has an account yet."))
        return person


class ProfileForm(forms.Form):
    """What a reviewer knows, and how much they read."""

    fields_known = TextField(
        label=_("What you know"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Fields, methods, past projects: applications are matched to these words."),
    )
    kinds = TextField(
        label=_("Kinds of expertise"),
        max_length=200,
        required=False,
        help_text=_("Separated by commas, such as law, accounting."),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    most_a_year = forms.IntegerField(
        label=_("Applications a year, at most"), min_value=1, max_value=200, initial=30
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["region"].choices = [
            ("", "–"),
            *vocabularies.choices("regions", get_language()),
        ]


class AbsenceForm(forms.Form):
    """When a reviewer is away."""

    first = forms.DateField(label=_("Absent from"), required=False, widget=DayInput())
    last = forms.DateField(label=_("Absent until"), required=False, widget=DayInput())

    def clean(self) -> dict[str, Any]:
        """In order, and with a first day."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if last and (first is None or last < first):
            raise forms.ValidationError(_("The last day is before the first."))
        return cleaned


class OpeningField(forms.ModelChoiceField):
    """A call, or a round of it, whose applications are opened."""

    def label_from_instance(self, obj: Any) -> str:
        """The call with its round and how many applications there are."""
        name = Selection(call=obj.call, round=obj.round)
        return f"{name} ({obj.count})"


class BeginForm(forms.Form):
    """How many a selection selects."""

    opening = OpeningField(label=_("Call"), queryset=None)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=1000)
    reserve = forms.IntegerField(label=_("Reserve"), min_value=0, max_value=1000, initial=0)
    most_of_a_challenge = forms.IntegerField(
        label=_("Selected for one challenge, at most"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Leave it empty where the call names no challenges."),
    )
    reserve_of_challenge = forms.IntegerField(
        label=_("Reserve for each challenge"),
        min_value=0,
        max_value=1000,
        initial=0,
        required=False,
        help_text=_("So many wait for its place where a challenge has its number."),
    )
    fee_won = forms.IntegerField(
        label=_("Fee for a sheet, in won"), min_value=0, max_value=10_000_000, initial=0
    )
    names_hidden = forms.BooleanField(label=_("Reviewers do not read who applies"), required=False)

    def __init__(self, *args: Any, among: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["opening"].queryset = among


class CheckForm(forms.Form):
    """What the formal check of an application found."""

    stage = forms.ChoiceField(
        label=_("Result of the check"), choices=[(stage.value, stage.label) for stage in CHECKED]
    )
    missing = TextField(
        label=_("What is missing, or why it is excluded"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    bonus = forms.IntegerField(label=_("Bonus points"), min_value=0, max_value=100, initial=0)
    penalty = forms.IntegerField(label=_("Penalty points"), min_value=0, max_value=100, initial=0)


class MissingForm(forms.Form):
    """What was missing."""

    papers = FilesField(label=_("Files"))


class PanelsForm(forms.Form):
    """How many panels of how many members, and until when."""

    count = forms.IntegerField(label=_("Panels"), min_value=1, max_value=100, initial=1)
    members = forms.IntegerField(label=_("Members of each"), min_value=1, max_value=30)
    needs = TextField(
        label=_("Kinds of expertise on each panel"),
        max_length=200,
        required=False,
        help_text=_("At least so many of each, such as accounting 1, law 1."),
    )
    due_at = forms.DateTimeField(
        label=_("Sheets until"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )

    def clean_needs(self) -> dict[str, int]:
        """How many of each kind; a kind without a number is one."""
        needs = {}
        for part in filter(None, (need.strip() for need in self.cleaned_data["needs"].split(","))):
            kind, _space, number = part.rpartition(" ")
            count = whole_number(number, low=1, high=30)
            needs[kind.strip() if count and kind else part] = count if count and kind else 1
        return needs


class AssignForm(forms.Form):
    """Until when the reviewers of single applications score; how many there are says the programme."""

    due_at = forms.DateTimeField(
        label=_("Sheets until"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )


class ReasonForm(forms.Form):
    """Why, in a sentence."""

    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class PossibleConflictForm(ReasonForm):
    """Whether a name means the person whom a reviewer worked with, and how one knows."""

    is_confirmed = forms.TypedChoiceField(
        label=_("Is it the same person?"),
        choices=[
            ("yes", _("Yes: it is a conflict of interest")),
            ("no", _("No: another person of that name")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    field_order = ("is_confirmed", "reason")


class RenewForm(ReasonForm):
    """Why the ranking is made anew, and what becomes of places that the sheets no longer carry."""

    def __init__(self, *args: Any, losses: Sequence[Loss], **more: Any) -> None:
        super().__init__(*args, **more)
        self.losses = losses
        for loss in losses:
            about = {"number": loss.decision.application.number}
            self.fields[f"kept_{loss.decision.pk}"] = forms.ChoiceField(
                label=_("%(number)s: what becomes of its place?") % about,
                choices=[
                    ("no", _("It is taken back; the applicant can object to that")),
                    ("yes", _("It is kept, as an exception")),
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"why_{loss.decision.pk}"] = TextField(
                label=_("%(number)s: why?") % about,
                max_length=2000,
                widget=forms.Textarea({"rows": 3}),
                help_text=_("The applicant reads this."),
            )

    def answers(self) -> dict[int, Answer]:
        """What was said of each place, by decision."""
        given = self.cleaned_data
        numbers = [loss.decision.pk for loss in self.losses]
        return {pk: Answer(given[f"kept_{pk}"] == "yes", given[f"why_{pk}"]) for pk in numbers}


class PinForm(ReasonForm):
    """A conflict that no record knows."""

    reviewer = forms.ModelChoiceField(label=_("Reviewer"), queryset=None)

    field_order = ("reviewer", "reason")

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reviewer"].queryset = queries.reviewers_in_pool(user)


class SheetForm(forms.Form):
    """A score sheet: a grade and a sentence for every criterion, gates, an opinion, a note."""

    opinion = TextField(
        label=_("Opinion for the applicant"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    note = TextField(
        label=_("Private note"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Nobody but you reads it."),
    )
    why = TextField(label=_("Changed because"), max_length=2000, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, last: Sheet | Draft | None, **more: Any) -> None:
        language = get_language() or "ko"
        start: dict[str, Any] = {"seen": last.version if last else 0}
        if last is not None:
            start |= {"opinion": last.opinion, "note": last.note, "failed": last.failed}
            start |= {f"mark_{name}": mark for name, mark in last.marks.items()}
            start |= {f"reason_{name}": text for name, text in last.reasons.items()}
        super().__init__(*args, initial=start, **more)
        rules = queries.rules_of(item.selection)
        grades = [(grade.percent, grade.name.in_language(language)) for grade in rules.grades]
        self.criteria = queries.criteria_of(item.selection)
        for criterion in self.criteria:
            name = criterion.name.in_language(language)
            self.fields[f"mark_{criterion.id}"] = forms.TypedChoiceField(
                label=name,
                choices=grades,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{criterion.id}"] = TextField(
                label=_("Why: %(criterion)s") % {"criterion": name},
                max_length=2000,
                required=False,
                widget=forms.Textarea(
                    {"rows": 2, "aria-label": _("Why: %(criterion)s") % {"criterion": name}}
                ),
            )
        if rules.gates:
            self.fields["failed"] = forms.MultipleChoiceField(
                label=_("Not passed"),
                required=False,
                choices=[(gate.id, gate.name.in_language(language)) for gate in rules.gates],
                widget=forms.CheckboxSelectMultiple,
            )
        if not (last and last.is_final):
            del self.fields["why"]
        marks = [
            name
            for criterion in self.criteria
            for name in (f"mark_{criterion.id}", f"reason_{criterion.id}")
        ]
        self.order_fields([*marks, "failed", "opinion", "note", "why", "seen"])

    def values(self) -> dict[str, Any]:
        """The arguments of `operations.save_sheet`."""
        given = self.cleaned_data
        marks = {criterion.id: given[f"mark_{criterion.id}"] for criterion in self.criteria}
        return {
            "seen": given["seen"],
            "marks": {name: mark for name, mark in marks.items() if mark is not None},
            "reasons": {
                criterion.id: given[f"reason_{criterion.id}"] for criterion in self.criteria
            },
            "failed": given.get("failed", []),
            "opinion": given["opinion"],
            "note": given["note"],
            "why": given.get("why", ""),
        }


class MinutesForm(forms.Form):
    """The minutes of a panel."""

    text = TextField(
        label=_("Minutes of the panel"), max_length=20_000, widget=forms.Textarea({"rows": 8})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PoolForm(forms.Form):
    """Which reviewers are looked for."""

    q = TextField(label=_("Name or field"), max_length=100, required=False)
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *ReviewerStage.choices]
    )

    def wanted(self) -> dict[str, str]:
        """What the list is narrowed to; what makes no sense is left out."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


class DayForm(forms.Form):
    """When and where a panel meets, and how long each applicant has."""

    starts_at = forms.DateTimeField(
        label=_("Begins"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    minutes = forms.IntegerField(label=_("Minutes for each applicant"), min_value=5, max_value=240)
    pause_after = forms.IntegerField(
        label=_("A pause after so many applicants"), min_value=0, max_value=50, initial=0
    )
    pause_minutes = forms.IntegerField(
        label=_("Minutes of a pause"), min_value=0, max_value=240, initial=0
    )
    place = TextField(label=_("Place"), max_length=200)


class VisitForm(forms.Form):
    """When and where an applicant is visited."""

    on = forms.DateTimeField(
        label=_("Visit on"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    place = TextField(label=_("Place"), max_length=200)


class VisitReportForm(forms.Form):
    """What a visit found."""

    report = TextField(
        label=_("What was found"), max_length=10_000, widget=forms.Textarea({"rows": 6})
    )


class QuestionForm(forms.Form):
    """What a reviewer wants to know of the applicant."""

    text = TextField(label=_("Question"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class ReplyForm(forms.Form):
    """What the applicant answers."""

    text = TextField(label=_("Answer"), max_length=4000, widget=forms.Textarea({"rows": 6}))


class OpinionForm(forms.Form):
    """What a challenge's owner thinks of an application."""

    fit = TextField(
        label=_("How it fits our problem"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    test_bed = TextField(
        label=_("What we can offer to test it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    purchase = TextField(
        label=_("Whether we would buy it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class LineForm(forms.Form):
    """What is changed in a line of the table; empty money and months are those asked for."""

    granted = forms.IntegerField(
        label=_("Granted, in won"), min_value=1, max_value=10**15, required=False
    )
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=1200, required=False)
    conditions = TextField(
        label=_("Conditions"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=_("Another result than the sheets give"),
        required=False,
        choices=[
            ("", _("As the sheets give it")),
            *((outcome.value, outcome.label) for outcome in TABLED),
        ],
    )
    reason = TextField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Another result needs one; it stands in the record."),
    )

    def __init__(self, *args: Any, item: Item, **more: Any) -> None:
        kept = getattr(item, "adjustment", None)
        start = {name: getattr(kept, name) for name in self.base_fields} if kept else {}
        super().__init__(*args, initial=start, **more)


class WhatIfForm(forms.Form):
    """Another cut or other weights, tried beside the table without touching it."""

    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=1000, required=False)
    pass_score = forms.IntegerField(
        label=_("Pass score"), min_value=0, max_value=100, required=False
    )

    def __init__(self, *args: Any, selection: Selection, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "ko"
        self.weights = {
            criterion.id: criterion.weight for criterion in queries.criteria_of(selection)
        }
        for criterion in queries.criteria_of(selection):
            self.fields[f"weight_{criterion.id}"] = forms.IntegerField(
                label=criterion.name.in_language(language),
                min_value=0,
                max_value=100,
                required=False,
                widget=forms.NumberInput({"placeholder": criterion.weight}),
            )

    def cuts(self) -> list[Any]:
        """The fields of another cut."""
        return [self["places"], self["pass_score"]]

    def weight_fields(self) -> list[Any]:
        """The fields of other weights."""
        return [self[f"weight_{name}"] for name in self.weights]

    def wanted(self) -> dict[str, Any]:
        """What is tried; what makes no sense is left out. Weights that are not given stay."""
        if not self.is_bound:
            return {}
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        wanted = {name: given[name] for name in ("places", "pass_score") if name in given}
        weights = {name: given.get(f"weight_{name}", was) for name, was in self.weights.items()}
        if weights != self.weights and sum(weights.values()):
            wanted["weights"] = weights
        return wanted


class ObjectionForm(forms.Form):
    """On which ground an applicant objects, and what is wrong."""

    ground = forms.ChoiceField(label=_("Ground"))
    text = TextField(
        label=_("What is wrong"), max_length=10_000, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, *args: Any, selection: Selection, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "ko"
        self.fields["ground"].choices = [
            (ground.id, ground.name.in_language(language))
            for ground in queries.rules_of(selection).objection.grounds
        ]


class SecondPanelForm(forms.Form):
    """Who judges again, and until when."""

    reviewers = forms.ModelMultipleChoiceField(
        label=_("Panel"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    due_at = forms.DateTimeField(
        label=_("Sheets until"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )

    def __init__(self, *args: Any, among: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reviewers"].queryset = among


class VotersForm(forms.Form):
    """Who hears an objection."""

    reviewers = forms.ModelMultipleChoiceField(
        label=_("Panel"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, among: Sequence[Reviewer], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reviewers"].queryset = among


class ReplaceVoterForm(ReasonForm):
    """Who votes on an objection in whose place, and why."""

    reviewer = forms.ModelChoiceField(label=_("Reviewer"), queryset=None)

    field_order = ("reviewer", "reason")

    def __init__(self, *args: Any, among: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reviewer"].queryset = among


class AnswerForm(forms.Form):
    """What the applicant is told of an objection."""

    answer = TextField(
        label=_("Answer with its reasons"), max_length=10_000, widget=forms.Textarea({"rows": 5})
    )


class InterestForm(forms.Form):
    """What ties one to another: as a reviewer, or for an organisation that one manages."""

    organisation = forms.ModelChoiceField(
        label=_("I declare it for"),
        queryset=None,
        required=False,
        empty_label=_("Me as a reviewer"),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("interest", "Kind"), choices=InterestKind.choices)
    number = TextField(
        label=_("With the organisation"),
        required=False,
        max_length=20,
        help_text=_("Its business registration number."),
    )
    name = TextField(
        label=_("Or with a person"), required=False, max_length=100, help_text=_("The full name.")
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput())
    reason = TextField(
        label=_("What it is"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["organisation"]
        field.queryset = queries.organisations_to_declare_for(user)
        if not permissions.may_declare_interest(user, None):
            field.required, field.empty_label = True, None

    def clean_number(self) -> Organisation | None:
        """The organisation with that number."""
        written = self.cleaned_data["number"]
        if not written:
            return None
        number = business_number(written)
        organisation = organisation_with_number(number) if number else None
        if organisation is None:
            raise forms.ValidationError(_("No organisation with this number is registered."))
        return organisation

    def interest(self) -> NewInterest:
        """What is declared."""
        given = dict(self.cleaned_data)
        return NewInterest(other=given.pop("number"), **given)
