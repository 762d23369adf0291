"""One form for each kind of part; each gives the value that the part keeps."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.applications import adapter
from dure.apps.applications.models import Application, Participant
from dure.apps.calls.models import Call
from dure.apps.calls.queries import programme_of, recommenders_of
from dure.foundation import programmes
from dure.foundation.ui.forms import TextField, WonField

MORE_ROWS = 3
MOST_YEARS = 5
KINDS = [("cash", _("Cash")), ("in_kind", _("In kind"))]


def _won(label: Any) -> WonField:
    field = WonField(label=label, required=False, min_value=0, max_value=adapter.MOST_WON)
    field.widget.attrs |= {"class": "number", "size": 12}
    return field


def _whole(label: Any, low: int, high: int, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "class": "number"})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, required=False, widget=widget, **more
    )


class PartForm(forms.Form):
    """A part that is one value; `value()` is what is kept of it."""

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def value(self) -> dict[str, Any]:
        """The part's value, of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class ProjectForm(PartForm):
    title = TextField(label=_("Title of the project"), max_length=300, required=False)
    title_en = TextField(label=_("Title in English"), max_length=300, required=False)
    months = _whole(_("How many months?"), 1, 120)
    trl_now = _whole(_("Readiness now (TRL)"), 1, 9)
    trl_goal = _whole(_("Readiness at the end (TRL)"), 1, 9)
    recommender = forms.TypedChoiceField(
        label=_("Recommending body"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("It reads the application after the deadline and may put it forward."),
    )
    explained = {"trl_now": "trl", "trl_goal": "trl"}

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = [(recommender.pk, str(recommender)) for recommender in recommenders_of(call)]
        self.fields["recommender"].choices = [("", _("None")), *bodies]
        if not bodies:
            del self.fields["recommender"]


class AnswerForm(PartForm):
    text = TextField(
        label=_("Your answer"),
        max_length=adapter.LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, question: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        self.question = question
        self.fields["text"].label = question.name.in_language(language)
        self.fields["text"].help_text = question.help.in_language(language)
        self.fields["text"].widget.attrs["data-limit"] = question.characters


class CommitmentForm(PartForm):
    shows = forms.ChoiceField(label=_("What we stand for"), required=False)
    is_exempt = forms.BooleanField(label=_("The duty to buy does not bind us"), required=False)
    reason = TextField(
        label=_("Why not"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, facts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(fact, programmes.name("fact", fact, get_language())) for fact in facts]
        self.fields["shows"].choices = [("", _("Nothing yet")), *named]


class DeclareForm(forms.Form):
    """What the platform does not know: one question for each fact, yes, no, or left open."""

    def __init__(self, *args: Any, facts: list[str], known: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        for name in facts:
            self.fields[name] = forms.ChoiceField(
                label=programmes.name("fact", name, get_language()),
                choices=[("", _("Not said")), ("no", _("No")), ("yes", _("Yes"))],
                required=False,
                initial={True: "yes", False: "no"}.get((known or {}).get(name), ""),
            )

    def said(self) -> dict[str, bool]:
        """The facts that were said."""
        if not self.is_bound or not self.is_valid():
            return {}
        answers = {name: self.cleaned_data[name] for name in self.facts}
        return {name: value == "yes" for name, value in answers.items() if value}


class DeclaredForm(PartForm, DeclareForm):
    """The same as a part of a draft."""

    def __init__(self, *args: Any, facts: list[str], initial: Any = None, **kwargs: Any) -> None:
        known = (initial or {}).get("facts")
        super().__init__(*args, facts=facts, known=known, initial=initial, **kwargs)

    def value(self) -> dict[str, Any]:
        """The facts that were said."""
        return {"facts": self.said()}


class PersonForm(forms.Form):
    name = TextField(label=_("Name"), max_length=100, required=False)
    task = TextField(label=_("Task"), max_length=200, required=False)
    monthly_won = _won(_("Monthly pay (won)"))
    rate = _whole(_("Rate (%)"), 0, 100)
    other_rate = _whole(_("In other projects (%)"), 0, 100)
    months = _whole(_("Months"), 0, 120)
    kind = forms.ChoiceField(label=_("Form of payment"), choices=[*KINDS, ("unpaid", _("Unpaid"))])
    is_new = forms.BooleanField(label=_("New"), required=False)
    mark = "name"

    def row(self) -> dict[str, Any]:
        """The row as it is kept."""
        return self.cleaned_data | {"other_rate": self.cleaned_data["other_rate"] or 0}


class CostForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, choices=[])
    category = forms.ChoiceField(label=_("Category"), required=False)
    kind = forms.ChoiceField(label=_("Form of payment"), choices=KINDS)
    won = _won(_("Amount in won"))
    note = TextField(label=_("Basis of the figure"), max_length=300, required=False)
    mark = "won"

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = _years()
        self.fields["category"].choices = [("", "–"), *categories]

    def row(self) -> dict[str, Any]:
        """The row as it is kept."""
        return dict(self.cleaned_data)


class MoneyForm(forms.Form):
    role = forms.ChoiceField(label=_("Who pays"), required=False)
    instrument = forms.ChoiceField(label=_("As"), required=False)
    kind = forms.ChoiceField(label=_("Form of payment"), choices=KINDS)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, choices=[])
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    won = _won(_("Amount in won"))
    mark = "won"

    def __init__(
        self, *args: Any, payers: list[Any], phases: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = [("", "–"), *phases]
        if not phases:
            del self.fields["phase"]
        language = get_language()
        instruments = list(dict.fromkeys(name for payer in payers for name in payer.instruments))
        self.fields["year"].choices = _years()
        self.fields["role"].choices = [
            ("", "–"),
            *((payer.role, programmes.name("role", payer.role, language)) for payer in payers),
        ]
        self.fields["instrument"].choices = [
            ("", "–"),
            *((name, programmes.name("instrument", name, language)) for name in instruments),
        ]

    def row(self) -> dict[str, Any]:
        """The row as it is kept."""
        return dict(self.cleaned_data)


class RowsForm:
    """Rows of people, costs or money with some empty ones; rows without their `mark` are left out."""

    def __init__(self, form: type[Any], data: Any, initial: Any, **options: Any) -> None:
        initial = initial or {}
        formset = forms.formset_factory(
            form, extra=MORE_ROWS, max_num=adapter.MOST_ROWS, absolute_max=adapter.MOST_ROWS
        )
        self.rows = formset(
            data, initial=initial.get("rows", []), prefix="rows", form_kwargs=options
        )
        self.seen = PartForm(data, initial={"seen": initial.get("seen", 0)})
        self.headers = [field.label for field in self.rows.empty_form]
        self.mark = form.mark

    def is_valid(self) -> bool:
        """Whether every row can be kept."""
        return bool(self.rows.is_valid() and self.seen.is_valid())

    @property
    def cleaned_data(self) -> dict[str, Any]:
        """What the writer began from."""
        return self.seen.cleaned_data

    def value(self) -> dict[str, Any]:
        """The rows that say something."""
        rows = [row.row() for row in self.rows if row.cleaned_data.get(self.mark) is not None]
        return {"rows": [row for row in rows if row[self.mark] != ""]}


def form_of(
    application: Application,
    participant: Participant | None,
    name: str,
    data: Any,
    initial: dict[str, Any] | None,
) -> Any:
    """The form of a part; None for parts that are no form (documents, origin) or are not asked.

    `initial` is the part's value with `seen`, the version of it.
    """
    kind, *about = name.split("/")
    if kind == "project":
        return ProjectForm(data, initial=initial, call=application.call)
    if kind == "answers":
        asked = {known.id: known for known in adapter.questions_of(application.call)}
        question = asked.get(about[0])
        return question and AnswerForm(data, initial=initial, question=question)
    if participant is None:
        return None
    if kind == "commitment" and participant.role in adapter.COMMITTED:
        return CommitmentForm(data, initial=initial, facts=shown_facts(application))
    if kind == "declared":
        facts = adapter.facts_to_declare(participant)
        return DeclaredForm(data, initial=initial, facts=facts)
    if kind == "people":
        return RowsForm(PersonForm, data, initial)
    if kind == "costs":
        return RowsForm(CostForm, data, initial, categories=categories_of(application))
    if kind == "money":
        money = programme_of(application.call).money
        return RowsForm(
            MoneyForm, data, initial,
            payers=_payers_of(money.payers, participant.role), phases=_phases(money.phases),
        )  # fmt: skip
    return None


def _phases(phases: list[Any]) -> list[tuple[str, str]]:
    """The phases of a programme to choose from."""
    return [(phase.id, phase.name.in_language(get_language())) for phase in phases]


def categories_of(application: Application) -> list[tuple[str, str]]:
    """The budget categories to choose from, without pay, which comes from the people."""
    budget = adapter.budget_of(application.call)
    if budget is None:
        return [("whole", str(_("Whole cost")))]
    return [
        (category.id, category.name.in_language(get_language()))
        for category in budget.categories
        if category.id != adapter.PERSONNEL
    ]


def shown_facts(application: Application) -> list[str]:
    """What a demand organisation or investor can stand for in the programme: papers to be shown."""
    programme = programme_of(application.call)
    shown = [
        fact
        for rule in programme.eligibility
        if rule.kind == "shown"
        for fact in rule.any_of
    ]  # fmt: skip
    usual = ["purchase_contract", "purchase_consent", "investment_consent"]
    return list(dict.fromkeys([*shown, *usual]))


def _payers_of(payers: list[Any], role: str) -> list[Any]:
    """Who pays for the part of a member: a demand organisation brings its own money only."""
    if role in adapter.COMMITTED:
        return [payer for payer in payers if payer.role == role]
    workers = [partner for partner in adapter.PARTNERS if partner != role]
    return [payer for payer in payers if payer.role not in workers]


def _years() -> list[tuple[int, str]]:
    return [
        (year, str(_("Year %(number)s") % {"number": year})) for year in range(1, MOST_YEARS + 1)
    ]
