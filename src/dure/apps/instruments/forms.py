"""Forms of funds, savings, vouchers and steps."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.models import Agreement
from dure.apps.instruments import adapter, queries
from dure.apps.instruments.kinds import SchemeKind, leavings
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.stages import StakeStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_called
from dure.apps.programmes.queries import programmes
from dure.foundation.ui.forms import DayInput, TextField, WonField

_NAMED = _("Its business registration number, or its name.")
MOST_INSTITUTIONS = 1_000


class OrganisationField(TextField):
    """An organisation of the platform, by its number or name; the form says who asks."""

    reader: Reader

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=200, **{"help_text": _NAMED} | more)

    def clean(self, value: Any) -> Organisation | None:
        """The organisation that was meant; None for an empty field."""
        text = super().clean(value)
        return _organisation(text, self.reader) if text else None


class ReaderForm(forms.Form):
    """A form whose organisations are those that its reader may know of."""

    def __init__(self, *args: Any, reader: Reader, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            if isinstance(field, OrganisationField):
                field.reader = reader
            if isinstance(field, forms.DateField) and field.required:
                field.initial = localdate()


class SchemeForm(ReaderForm):
    """A new fund, savings, vouchers, or row of institutions."""

    kind = forms.ChoiceField(label=pgettext_lazy("scheme", "Kind"), choices=SchemeKind)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None)
    name = TextField(label=_("Name"), max_length=200)
    name_en = TextField(label=_("Name in English"), max_length=200, required=False)
    keeper = OrganisationField(label=_("Kept by"))
    project_cap = WonField(
        label=_("At most for one project (won)"), required=False, help_text=_("Of funds only.")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].queryset = programmes()

    def clean_name(self) -> str:
        """A name that no other scheme of the programme has."""
        name, programme = self.cleaned_data["name"], self.cleaned_data.get("programme")
        if programme and programme.schemes.filter(name=name).exists():
            raise forms.ValidationError(_("The programme has a scheme of this name."))
        return name


class PledgeForm(ReaderForm):
    """What a founder pledges."""

    founder = OrganisationField(label=_("Founder"))
    amount = WonField(label=_("Amount (won)"))
    on = forms.DateField(label=_("Day"), widget=DayInput())


class PayInForm(ReaderForm):
    """What a founder paid in."""

    amount = WonField(label=_("Amount (won)"))
    on = forms.DateField(label=_("Day"), widget=DayInput())


class CommitForm(ReaderForm):
    """What a fund gives to the project of an agreement."""

    agreement = forms.ModelChoiceField(label=_("Agreement"), queryset=None)
    amount = WonField(label=_("Amount (won)"))

    def __init__(self, *args: Any, agreements: QuerySet[Agreement], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agreement"].queryset = agreements


class DayForm(ReaderForm):
    """The day on which something happened."""

    on = forms.DateField(label=_("Day"), widget=DayInput())


class JoinForm(ReaderForm):
    """Somebody who saves."""

    name = TextField(label=_("Name"), max_length=200)
    firm = OrganisationField(label=_("Firm"))
    sponsor = OrganisationField(
        label=_("Pays the firm's part"), required=False,
        help_text=_("A large firm or local government, if it is not the firm itself."),
    )  # fmt: skip
    amount = WonField(label=_("Each of the three pays (won)"), initial="6,000,000")
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=600, initial=36)
    starts_on = forms.DateField(label=_("First payment"), widget=DayInput())


class LeaveForm(ReaderForm):
    """Why and when somebody stops saving."""

    leaving = forms.ChoiceField(label=_("Reason"))
    on = forms.DateField(label=_("Day"), widget=DayInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["leaving"].choices = [
            (leaving.id, str(leaving)) for leaving in leavings().values()
        ]


class ListForm(forms.Form):
    """A list of monthly payments."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV: one row for each saver, payer and month, with the exact amount."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class AskForm(ReaderForm):
    """A voucher that a firm asks for."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None)
    trl = forms.IntegerField(label=_("Readiness level"), min_value=1, max_value=9)
    amount = WonField(label=_("Amount (won)"))

    def __init__(
        self, *args: Any, own: QuerySet[Organisation], scheme: Scheme, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = own
        if len(own) == 1:
            self.fields["organisation"].initial = own[0]
        self.fields["amount"].help_text = _limits(scheme)


class InstitutionsForm(ReaderForm):
    """Where vouchers can be spent: one business registration number or name in each line."""

    institutions = TextField(
        label=_("Operating institutions"), max_length=100_000, required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One in each line: business registration number or name."),
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Reader, **more: Any) -> None:
        super().__init__(*args, reader=reader, **more)
        self.reader = reader

    def clean_institutions(self) -> list[Organisation]:
        """The organisations of all lines; every line that names none is told."""
        lines = [line.strip() for line in self.cleaned_data["institutions"].splitlines()]
        lines = [line for line in lines if line][:MOST_INSTITUTIONS]
        return list(dict.fromkeys(_each(lines, self.reader)))


class UseForm(ReaderForm):
    """What a voucher was used for; the firm shows its number."""

    stake = TextField(label=_("Number of the voucher"), max_length=40)
    institution = forms.ModelChoiceField(label=_("Operating institution"), queryset=None)
    what = TextField(label=_("What for"), max_length=300)
    amount = WonField(label=_("Amount (won)"))
    on = forms.DateField(label=_("Day"), widget=DayInput())

    def __init__(
        self, *args: Any, own: QuerySet[Organisation], scheme: Scheme, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.scheme = scheme
        self.fields["institution"].queryset = own
        if len(own) == 1:
            self.fields["institution"].initial = own[0]

    def clean_stake(self) -> Stake:
        """The voucher of this number."""
        stake = queries.voucher_numbered(self.scheme, self.cleaned_data["stake"])
        if stake is None:
            raise forms.ValidationError(_("There is no voucher of this number."))
        return stake


class ReasonForm(ReaderForm):
    """Why not."""

    reason = TextField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class WayForm(ReaderForm):
    """The way of a firm, and whose step each stage with money is."""

    organisation = OrganisationField(label=_("Firm"))
    on = forms.DateField(label=_("Begins"), widget=DayInput())

    def __init__(self, *args: Any, scheme: Scheme, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        reader = self.fields["organisation"].reader
        self.stages = [
            stage for stage in adapter.programme_of(scheme).stages if stage.gate and stage.gate.role
        ]
        for stage in self.stages:
            name = stage.name.in_language(language)
            self.fields[f"stage_{stage.id}"] = OrganisationField(label=name)
            self.fields[f"stage_{stage.id}"].reader = reader

    def institutions(self) -> dict[str, Organisation]:
        """Whose step each stage is."""
        return {stage.id: self.cleaned_data[f"stage_{stage.id}"] for stage in self.stages}


class StepForm(ReaderForm):
    """A step that an institution confirms, with what it gives."""

    amount = WonField(label=_("Amount (won)"))
    what = TextField(label=_("Document number or note"), max_length=300, required=False)
    on = forms.DateField(label=_("Day"), widget=DayInput())

    def __init__(self, *args: Any, step: Movement, **more: Any) -> None:
        super().__init__(*args, **more)
        if step.organisation_id is None:
            del self.fields["amount"]


class AgreementForm(ReaderForm):
    """The agreement that a way leads to."""

    agreement = forms.ModelChoiceField(label=_("Agreement"), queryset=None)

    def __init__(self, *args: Any, agreements: QuerySet[Agreement], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agreement"].queryset = agreements


class StakesFilter(forms.Form):
    """Which stakes of a scheme are listed, and how they stood on which day."""

    words = TextField(label=_("Name or number"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=pgettext_lazy("stake", "Status"), required=False,
        choices=[("", _("All")), *StakeStage.choices],
    )  # fmt: skip
    on = forms.DateField(label=_("At the end of"), required=False, widget=DayInput())


def _limits(scheme: Scheme) -> str:
    """What the programme gives at each readiness level."""
    limits: dict[int, list[int]] = {}
    for level in range(1, 10):
        limit = adapter.voucher_limit(scheme, level)
        if limit is not None:
            limits.setdefault(limit, []).append(level)
    return " · ".join(
        gettext("TRL %(low)s–%(high)s: at most %(won)s won")
        % {"low": min(levels), "high": max(levels), "won": f"{limit:,}"}
        for limit, levels in limits.items()
    )


def _each(lines: Iterable[str], reader: Reader) -> list[Organisation]:
    organisations, unknown = [], []
    for line in lines:
        called = organisations_called(line, reader)
        organisations += called[:1] if len(called) == 1 else []
        unknown += [] if len(called) == 1 else [line]
    if unknown:
        raise forms.ValidationError(
            gettext("Nobody, or not one alone, is called: %(lines)s")
            % {"lines": ", ".join(unknown[:20])}
        )
    return organisations


def _organisation(text: str, reader: Reader) -> Organisation:
    matches = organisations_called(text, reader)
    if len(matches) == 1:
        return matches[0]
    raise forms.ValidationError(
        gettext("Several organisations have this name. Write the business registration number.")
        if matches
        else gettext("There is no organisation with this number or name on the platform.")
    )
