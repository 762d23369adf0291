"""What people fill in of strengths and wants, pairs and packages."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups import queries
from dure.apps.groups.models import Strength
from dure.apps.programmes.queries import programmes
from dure.foundation.ui.forms import TextField, long_text


class StrengthForm(forms.Form):
    """What a member is good at and looks for."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    strengths = long_text(_("What we are good at"), 3000, rows=5)
    wants = long_text(_("What we look for"), 3000, rows=5)

    def __init__(self, *args: Any, firms: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = firms


class StrengthsFilter(forms.Form):
    """Which firms are listed."""

    words = TextField(label=_("Words"), required=False, max_length=100)

    def narrow(self, strengths: QuerySet[Strength]) -> QuerySet[Strength]:
        """The firms that fit."""
        self.is_valid()
        if not (words := self.cleaned_data.get("words")):
            return strengths
        named = Q(organisation__name__icontains=words)
        return strengths.filter(named | Q(strengths__icontains=words) | Q(wants__icontains=words))


class PrePlanForm(forms.Form):
    """What two firms could do together."""

    pre_plan = long_text(
        _("Pre-plan"), 5000, rows=10,
        help_text=_("What each side brings, first steps, what it needs, what may come of it."),
    )  # fmt: skip


class DropForm(forms.Form):
    """Why nothing comes of a pair."""

    why = TextField(label=_("Why not"), max_length=500)


class ProjectForm(forms.Form):
    """The project group that a spark becomes."""

    name = TextField(label=_("Name"), max_length=120)
    parent = forms.ModelChoiceField(label=_("Federation"), queryset=None, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"].queryset = queries.regions()


class PackageForm(forms.Form):
    """The programme whose stages are the steps of the package."""

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=None,
        help_text=_("Its stages are the steps of the package, each with its gate."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].queryset = programmes().exclude(current=None)


class EvidenceForm(forms.Form):
    """What shows that a step is done."""

    evidence = long_text(_("Evidence"), 3000, rows=6)


class GateForm(forms.Form):
    """What the gate said."""

    is_passed = forms.TypedChoiceField(
        label=pgettext_lazy("gate", "Decision"), coerce=lambda text: text == "yes",
        choices=[("yes", _("Passed")), ("no", _("Not passed"))],
    )  # fmt: skip
    decision = long_text(_("Reason"), 3000, rows=4)
