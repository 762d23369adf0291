"""Asking, taking on, handing over, and the steps of a request."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, organisations_called
from dure.apps.support.kinds import Asked, Service, Step, services
from dure.apps.support.models import SupportRequest
from dure.foundation import vocabularies
from dure.foundation.ui.forms import DayInput, TextField, WonField

_UNKNOWN = _("There is no organisation with this number or name on the platform.")
_SEVERAL = _("Several organisations have this name. Write the business registration number.")
_MOST = 10**9
_ROWS = {"rows": 4}


def field_of(asked: Asked) -> forms.Field:
    """The form field of a field of a service."""
    label, required = str(asked), asked.required
    if asked.kind == "choice":
        choices = [("", "–"), *((choice.id, str(choice)) for choice in asked.choices)]
        return forms.ChoiceField(label=label, choices=choices, required=required)
    if asked.kind == "number":
        return forms.IntegerField(
            label=label, min_value=0, max_value=asked.most or _MOST, required=required
        )
    if asked.kind == "won":
        return WonField(label=label, required=required)
    if asked.kind == "day":
        return forms.DateField(label=label, widget=DayInput(), required=required)
    if asked.kind == "line":
        return TextField(label=label, max_length=200, required=required)
    return TextField(
        label=label, max_length=3000, required=required, widget=forms.Textarea(attrs=_ROWS)
    )


def called(text: str, user: Reader) -> Organisation | None:
    """The one organisation with a number or name; None where nobody has it."""
    organisations = organisations_called(text, user)
    if len(organisations) > 1:
        raise forms.ValidationError(_SEVERAL)
    return organisations[0] if organisations else None


class FieldsForm(forms.Form):
    """Some fields of a service."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = asked
        for each in asked:
            self.fields[f"value_{each.id}"] = field_of(each)

    def values(self) -> dict[str, Any]:
        """What was said, by the ids of the fields; a day as 2026-11-30."""
        said = {each.id: self.cleaned_data.get(f"value_{each.id}") for each in self.asked}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value
                for name, value in said.items()}  # fmt: skip


class AskForm(FieldsForm):
    """A request: for which firm, about what, and the service's own fields."""

    organisation = forms.ModelChoiceField(label=_("For which firm?"), queryset=None)
    title = TextField(label=_("In one line"), max_length=150)
    counterpart = TextField(
        label=_("Other side"),
        max_length=200,
        help_text=_("Its business registration number, or its name."),
    )

    def __init__(
        self, *args: Any, service: Service, firms: QuerySet[Organisation], user: Reader, **more: Any
    ) -> None:
        super().__init__(*args, asked=service.asked_at_first, **more)
        self.user = user
        chosen = self.fields["organisation"]
        chosen.queryset = firms
        known = firms[:2]
        if len(known) == 1:
            chosen.initial, chosen.widget = known[0], forms.HiddenInput()
        if not service.has_counterpart:
            del self.fields["counterpart"]
        else:
            self.order_fields(["organisation", "title", "counterpart"])

    def sides(self) -> dict[str, Any]:
        """The other side: an organisation here, or only its name."""
        text = self.cleaned_data.get("counterpart", "")
        found = self.cleaned_data.get("known_counterpart")
        return {"counterpart": found, "counterpart_name": "" if found else text}

    def clean(self) -> dict[str, Any]:
        """Who the other side is."""
        cleaned = super().clean() or self.cleaned_data
        if text := cleaned.get("counterpart"):
            try:
                cleaned["known_counterpart"] = called(text, self.user)
            except forms.ValidationError as error:
                self.add_error("counterpart", error)
        return cleaned


class StepForm(FieldsForm):
    """A step: what it asks for; of the last one what came of the request."""

    outcome = forms.ChoiceField(label=pgettext_lazy("support", "What came of it"))
    note = TextField(
        label=_("In words"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, request: SupportRequest, step: Step, **more: Any) -> None:
        asked = [field for field in request.file.fields if field.id in step.asks]
        super().__init__(*args, asked=asked, **more)
        for each in asked:
            self.fields[f"value_{each.id}"].initial = request.values.get(each.id)
        if step.closes:
            own = request.file.outcome(step.id)
            known = [own] if own else request.file.outcomes
            self.fields["outcome"].choices = [(each.id, str(each)) for each in known]
        else:
            del self.fields["outcome"]


class TakeOnForm(forms.Form):
    """Until when somebody looks after a request."""

    due_on = forms.DateField(label=_("Until"), widget=DayInput(), required=False)


class PostponeForm(forms.Form):
    """Another day, and why."""

    due_on = forms.DateField(label=_("Until"), widget=DayInput())
    why = TextField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(label=_("To whom"), queryset=None)
    why = TextField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = people


class BodyForm(forms.Form):
    """Who answers: of one request, or of a service in a region."""

    organisation = TextField(
        label=pgettext_lazy("support", "Body"), max_length=200,
        help_text=_("Its business registration number, or its name."),
    )  # fmt: skip
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, user: Reader, has_region: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user
        everywhere = ("", pgettext_lazy("support", "Everywhere"))
        self.fields["region"].choices = [
            everywhere,
            *vocabularies.choices("regions", get_language()),
        ]
        if not has_region:
            del self.fields["region"]

    def clean_organisation(self) -> Organisation:
        """The body that was meant."""
        organisation = called(self.cleaned_data["organisation"], self.user)
        if organisation is None:
            raise forms.ValidationError(_UNKNOWN)
        return organisation


class RequestsFilter(forms.Form):
    """Which requests are listed."""

    words = TextField(label=_("Title or firm"), required=False, max_length=100)
    service = forms.ChoiceField(label=_("Service"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", pgettext_lazy("support", "Open")),
            ("free", _("Nobody owns it")),
            ("mine", _("Mine")),
            ("overdue", pgettext_lazy("support", "Overdue")),
            ("closed", pgettext_lazy("support", "Closed")),
        ],
    )

    def __init__(self, *args: Any, user: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user
        known = [(service.id, str(service)) for service in services().values()]
        self.fields["service"].choices = [("", _("All")), *known]

    def narrow(self, support_requests: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
        """The requests that fit; a filter that makes no sense filters nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        for word in (cleaned.get("words") or "").split():
            support_requests = support_requests.filter(
                Q(title__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(organisation__name_en__icontains=word)
            )
        if service := cleaned.get("service"):
            support_requests = support_requests.filter(service=service)
        states = {
            "open": Q(closed_at=None),
            "free": Q(closed_at=None, owner=None),
            "mine": Q(owner=self.user.pk),
            "overdue": Q(closed_at=None, due_on__lt=localdate()),
            "closed": Q(closed_at__isnull=False),
        }
        return support_requests.filter(states.get(cleaned.get("state") or "", Q()))
