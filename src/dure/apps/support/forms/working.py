"""Partners, visits, reports, panels."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.support.kinds import Panel, ProfileKind, pools
from dure.apps.support.models import Profile, SupportRequest
from dure.apps.support.stages import CandidateStage
from dure.foundation import vocabularies
from dure.foundation.ui.forms import DayInput, TextField

_THREE = {"rows": 3}


class ProposeForm(forms.Form):
    """A profile, and why this one."""

    profile = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput())
    note = TextField(
        label=_("Why this one"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, profiles: QuerySet[Profile], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["profile"].queryset = profiles


class AnswerForm(forms.Form):
    """What somebody says of a proposed partner; who agrees says as what."""

    role = TextField(
        label=_("What the partner does"), max_length=300,
        help_text=_("This stands later as the partner's role in the application."),
    )  # fmt: skip
    text = TextField(
        label=_("In words"), max_length=1000, required=False, widget=forms.Textarea(attrs=_THREE)
    )

    def __init__(self, *args: Any, stage: CandidateStage, **more: Any) -> None:
        super().__init__(*args, **more)
        if stage != CandidateStage.ACCEPTED:
            del self.fields["role"]
        if stage in (CandidateStage.DECLINED, CandidateStage.NOT_WANTED):
            self.fields["text"].required = True
            self.fields["text"].label = _("Why")


class VisitForm(forms.Form):
    """A visit."""

    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=localdate)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_value=24, max_digits=4, decimal_places=1
    )
    candidate = forms.ModelChoiceField(
        label=pgettext_lazy("visit", "Who came"), queryset=None, required=False
    )
    place = TextField(label=_("Place"), max_length=200, required=False)
    text = TextField(
        label=_("What was done"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, request: SupportRequest, **more: Any) -> None:
        super().__init__(*args, **more)
        agreed = request.candidates.filter(stage=CandidateStage.ACCEPTED).select_related("profile")
        self.fields["candidate"].queryset = agreed
        if not agreed:
            del self.fields["candidate"]


class ReportForm(forms.Form):
    """The report, with a file or without."""

    text = TextField(
        label=pgettext_lazy("support", "Report"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(label=_("File"), required=False)


class RateForm(forms.Form):
    """How satisfied the firm is."""

    satisfaction = forms.TypedChoiceField(
        label=_("Satisfaction"),
        coerce=int,
        choices=[
            (5, pgettext_lazy("satisfaction", "Very satisfied")),
            (4, pgettext_lazy("satisfaction", "Satisfied")),
            (3, pgettext_lazy("satisfaction", "Neither")),
            (2, pgettext_lazy("satisfaction", "Dissatisfied")),
            (1, pgettext_lazy("satisfaction", "Very dissatisfied")),
        ],
    )
    text = TextField(
        label=_("Remark"), max_length=1000, required=False, widget=forms.Textarea(attrs=_THREE)
    )


class PanelistForm(forms.Form):
    """Somebody who hears a case."""

    name = TextField(label=_("Name"), max_length=100)
    affiliation = TextField(label=_("Belongs to"), max_length=200, required=False)
    profession = forms.ChoiceField(label=_("Profession"))
    is_chair = forms.BooleanField(label=_("In the chair"), required=False)

    def __init__(self, *args: Any, panel: Panel, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["profession"].choices = [
            (profession.id, str(profession)) for profession in panel.professions
        ]


class ProfilesFilter(forms.Form):
    """Which partners and experts are listed."""

    words = TextField(label=_("Name, keyword or text"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    pool = forms.ChoiceField(label=pgettext_lazy("experts", "Pool"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        every = ("", _("All"))
        self.fields["kind"].choices = [every, *ProfileKind.choices]
        self.fields["pool"].choices = [every, *((p.id, str(p)) for p in pools().values())]
        self.fields["region"].choices = [every, *vocabularies.choices("regions", get_language())]

    def narrow(self, profiles: QuerySet[Profile]) -> QuerySet[Profile]:
        """The profiles that fit."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            profiles = profiles.filter(
                Q(name__icontains=word)
                | Q(name_en__icontains=word)
                | Q(affiliation__icontains=word)
                | Q(text__icontains=word)
                | Q(keywords__icontains=word)
            )
        wanted = {name: cleaned[name] for name in ("kind", "pool", "region") if cleaned.get(name)}
        return profiles.filter(**wanted)
