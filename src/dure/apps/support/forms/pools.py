"""Pools of experts: invitations, exchange programmes, tasks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.apps.support.forms.asking import called
from dure.apps.support.models import ExchangeProgramme, Profile, SupportRequest
from dure.foundation.ui.forms import DayInput, TextField

_UNKNOWN = _("There is no organisation with this number or name on the platform.")


class _WithOrganisation(forms.Form):
    organisation = TextField(
        label=_("Firm"), max_length=200, required=False,
        help_text=_("Its business registration number, or its name."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_organisation(self) -> Organisation | None:
        """The firm that was meant, if one was."""
        text = self.cleaned_data.get("organisation")
        if not text:
            return None
        organisation = called(text, self.user)
        if organisation is None:
            raise forms.ValidationError(_UNKNOWN)
        return organisation


class InviteForm(forms.Form):
    """Which experts are invited, and to what."""

    profiles = forms.ModelMultipleChoiceField(label=_("Experts"), queryset=None)
    programme = forms.ModelChoiceField(
        label=_("Exchange programme"), queryset=None, required=False,
        empty_label=_("Into the pool"),
    )  # fmt: skip
    on = forms.DateField(label=_("Invited"), widget=DayInput(), initial=localdate)

    def __init__(
        self, *args: Any, experts: QuerySet[Profile], programmes: QuerySet[ExchangeProgramme],
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.fields["profiles"].queryset = experts
        self.fields["programme"].queryset = programmes


class ProgrammeForm(_WithOrganisation):
    """An exchange programme."""

    title = TextField(label=_("Title"), max_length=200)
    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=localdate)
    place = TextField(label=_("Place"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields(["title", "on", "place", "organisation"])
        self.fields["organisation"].label = _("Host")


class TaskForm(_WithOrganisation):
    """A task that was found."""

    title = TextField(label=_("Title"), max_length=200)
    text = TextField(
        label=_("In a few sentences"), max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    expert = forms.ModelChoiceField(label=_("Expert"), queryset=None, required=False)

    def __init__(self, *args: Any, experts: QuerySet[Profile], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["expert"].queryset = experts
        self.order_fields(["title", "text", "expert", "organisation"])


class LinkForm(forms.Form):
    """Which support a task led to."""

    request = forms.ModelChoiceField(label=_("Request"), queryset=None, required=False)
    linked_to = TextField(
        label=_("Other support"), max_length=200, required=False,
        help_text=_("Where it is no request here: the programme or body."),
    )  # fmt: skip

    def __init__(self, *args: Any, requests: QuerySet[SupportRequest], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["request"].queryset = requests
