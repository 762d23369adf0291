"""Filters of the lists."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.projects import queries
from dure.apps.projects.kinds import PromiseKept, Source
from dure.apps.projects.models import Expense, FollowUp, Project, Recovery
from dure.apps.projects.stages import ProjectStage, RecoveryStage
from dure.foundation.programmes import SpendingRules
from dure.foundation.ui.forms import TextField


class ProjectsForm(forms.Form):
    """Which projects are listed."""

    words = TextField(label=_("Title, number or organisation"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *ProjectStage.choices], required=False
    )
    look = forms.ChoiceField(
        label=_("Look at"),
        choices=[("", _("All")), ("sampled", _("Settled by sample"))],
        required=False,
    )

    def narrow(self, projects: QuerySet[Project]) -> QuerySet[Project]:
        """The projects that fit."""
        if not self.is_valid():
            return projects
        for word in self.cleaned_data["words"].split():
            projects = projects.filter(
                Q(title__icontains=word)
                | Q(number__icontains=word)
                | Q(members__organisation__name__icontains=word)
            )
        if stage := self.cleaned_data["stage"]:
            projects = projects.filter(stage=stage)
        if self.cleaned_data["look"]:
            projects = projects.filter(settlements__is_sampled=True)
        return projects.distinct()


class ExpensesForm(forms.Form):
    """Which expenses are listed."""

    words = TextField(label=_("Payee or what for"), required=False, max_length=100)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    source = forms.ChoiceField(
        label=_("From"), choices=[("", _("All")), *Source.choices], required=False
    )
    look = forms.ChoiceField(
        label=_("Look at"),
        choices=[
            ("", _("All")),
            ("broken", _("A rule speaks against it")),
            ("bare", _("No evidence yet")),
            ("unsorted", _("No purpose yet")),
            ("justified", _("Waits for a decision")),
            ("disallowed", _("Disallowed")),
            ("sampled", _("In the sample")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, rules: SpendingRules | None, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["purpose"].choices = [
            ("", _("All")),
            *(
                (purpose.id, purpose.name.in_language(language))
                for purpose in (rules.purposes if rules else [])
            ),
        ]

    def narrow(self, expenses: QuerySet[Expense]) -> QuerySet[Expense]:
        """The expenses that fit."""
        if not self.is_valid():
            return expenses
        cleaned = self.cleaned_data
        for word in cleaned["words"].split():
            expenses = expenses.filter(Q(payee__icontains=word) | Q(what__icontains=word))
        for name in ("purpose", "source"):
            if cleaned[name]:
                expenses = expenses.filter(**{name: cleaned[name]})
        looks = {
            "broken": ~Q(broken=[]),
            "bare": Q(evidence__isnull=True),
            "unsorted": Q(purpose=""),
            "justified": ~Q(justification="") & Q(decision=""),
            "disallowed": Q(disallowed__gt=0),
            "sampled": Q(pk__in=queries.sampled_expenses()),
        }
        return expenses.filter(looks[cleaned["look"]]) if cleaned["look"] else expenses


class FollowUpsForm(forms.Form):
    """Which follow-ups are listed."""

    words = TextField(label=_("Title, number or organisation"), required=False, max_length=100)
    look = forms.ChoiceField(
        label=_("Look at"),
        choices=[
            ("", _("All")),
            ("silent", _("No answer in time")),
            ("answered", _("Answered")),
            ("broken", _("Promise to buy not kept in full")),
        ],
        required=False,
    )

    def narrow(self, follow_ups: QuerySet[FollowUp], today: date) -> QuerySet[FollowUp]:
        """The follow-ups that fit."""
        if not self.is_valid():
            return follow_ups
        for word in self.cleaned_data["words"].split():
            follow_ups = follow_ups.filter(
                Q(project__title__icontains=word)
                | Q(project__number__icontains=word)
                | Q(project__members__organisation__name__icontains=word)
            )
        looks = {
            "silent": Q(asked_at__isnull=False, answered_at=None, due_on__lt=today),
            "answered": Q(answered_at__isnull=False),
            "broken": Q(promise__in=[PromiseKept.IN_PART, PromiseKept.NOT_KEPT]),
        }
        if look := self.cleaned_data["look"]:
            follow_ups = follow_ups.filter(looks[look])
        return follow_ups.distinct()


class RecoveriesForm(forms.Form):
    """Which recoveries are listed."""

    words = TextField(label=_("Project or organisation"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *RecoveryStage.choices], required=False
    )

    def narrow(self, recoveries: QuerySet[Recovery]) -> QuerySet[Recovery]:
        """The recoveries that fit."""
        if not self.is_valid():
            return recoveries
        for word in self.cleaned_data["words"].split():
            recoveries = recoveries.filter(
                Q(project__title__icontains=word) | Q(organisation__name__icontains=word)
            )
        if stage := self.cleaned_data["stage"]:
            recoveries = recoveries.filter(stage=stage)
        return recoveries
