"""What people fill in about roadmaps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.roadmaps.models import Branch, Proposal, ProposalKind, ProposalSource
from dure.apps.roadmaps.stages import ProposalStage
from dure.foundation.ui.forms import TextField, text_formfield


class SearchForm(forms.Form):
    """Words looked for in a roadmap."""

    words = TextField(label=_("Name or code"), required=False, max_length=100)


class ProposalsForm(forms.Form):
    """Which proposals are listed."""

    stage = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *ProposalStage.choices], required=False
    )
    source = forms.ChoiceField(
        label=_("Comes from"), choices=[("", _("All")), *ProposalSource.choices], required=False
    )

    def narrow(self, proposals: Any) -> Any:
        """The proposals that are asked for; a filter that makes no sense filters nothing."""
        self.is_valid()
        for name in ("stage", "source"):
            if value := self.cleaned_data.get(name):
                proposals = proposals.filter(**{name: value})
        return proposals


class ProposalForm(forms.ModelForm):
    """What to change and why."""

    explained: dict[str, str] = {}

    class Meta:
        model = Proposal
        formfield_callback = text_formfield
        fields = ("kind", "source", "name", "name_en", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, branch: Branch | None, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(ProposalKind.choices)
        if branch is None:
            kinds = kinds[:1]
        elif branch.level + 1 >= len(branch.roadmap.levels):
            kinds = kinds[1:]
        self.fields["kind"].choices = kinds
        self.fields["kind"].initial = kinds[0][0]
        if not is_office:
            del self.fields["source"]


class OpinionForm(forms.Form):
    """An expert's opinion."""

    is_in_favour = forms.TypedChoiceField(
        label=_("Opinion"),
        choices=[("1", _("In favour")), ("0", _("Against"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    text = TextField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
