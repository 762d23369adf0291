"""What people fill in of proposals of federations."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups import queries
from dure.apps.groups.kinds import Answer, ProposalKind
from dure.apps.groups.models import Proposal
from dure.apps.groups.stages import ProposalStage
from dure.apps.people.models import User
from dure.foundation.ui.forms import DayInput, long_text, text_formfield


class ProposalForm(forms.ModelForm):
    """A policy request or joint project."""

    class Meta:
        model = Proposal
        formfield_callback = text_formfield
        fields = ("kind", "title", "text", "may_publish")
        widgets = {"text": forms.Textarea({"rows": 8})}


class TakeUpForm(forms.Form):
    """Who answers, and until when."""

    owner = forms.EmailField(label=_("E-mail address of who answers"))
    due_on = forms.DateField(label=_("Answer by"), widget=DayInput())

    def clean_owner(self) -> User:
        """Whoever has this address."""
        person = queries.person_with(self.cleaned_data["owner"])
        if person is None:
            raise forms.ValidationError(_("Nobody with this address has an account."))
        return person


class AnswerForm(forms.Form):
    """The answer."""

    outcome = forms.ChoiceField(label=pgettext_lazy("proposal", "Outcome"), choices=Answer)
    answer = long_text(pgettext_lazy("proposal", "Answer"), 5000, rows=8)


class ProposalsFilter(forms.Form):
    """Which proposals are listed."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *ProposalKind.choices]
    )
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *ProposalStage.choices]
    )

    def narrow(self, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """The proposals that fit."""
        self.is_valid()
        wanted: dict[str, Any] = {k: v for k, v in self.cleaned_data.items() if v}
        return proposals.filter(**wanted)
