"""What people fill in about deposits."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.deposits import queries
from dure.apps.deposits.kinds import contract_choices, item_choices, rules
from dure.apps.deposits.models import Deposit
from dure.apps.deposits.operations import MOST_FILES, PURPOSE, UsedBy
from dure.apps.deposits.stages import DepositStage
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, organisation_with_number
from dure.apps.uploads.queries import coming, whole
from dure.foundation.files import TECHNICAL_ENDINGS
from dure.foundation.ui.forms import DayInput, FilesField, LargeFilesField, TextField
from dure.values.ids import business_number

ACCEPT = ",".join(f".{ending}" for ending in TECHNICAL_ENDINGS)


def _password(label: Any, autocomplete: str = "current-password", **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, **more)


def _items_or_all() -> list[tuple[str, Any]]:
    return [("", _("All")), *item_choices()]


class DepositsForm(forms.Form):
    """Which deposits to show."""

    words = TextField(
        label=_("Words"), required=False, max_length=100,
        help_text=_("In the title, the depositor's name, or the number"),
    )  # fmt: skip
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *DepositStage.choices]
    )
    item = forms.ChoiceField(
        label=pgettext_lazy("deposit", "Kind of content"), required=False, choices=_items_or_all
    )
    ends = forms.ChoiceField(
        label=_("What is due"),
        required=False,
        choices=[("", _("All")), ("soon", _("Ends within 60 days")), ("unpaid", _("Fee unpaid"))],
    )

    def wanted(self) -> dict[str, Any]:
        """The filters as `queries.narrowed` takes them; what is no filter narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DepositForm(forms.Form):
    """Files to deposit: whose, of what kind, for whom else."""

    depositor = forms.ModelChoiceField(label=_("Depositor"), queryset=None, empty_label=None)
    contract = forms.ChoiceField(
        label=_("Kind of contract"), choices=contract_choices, widget=forms.RadioSelect
    )
    users = TextField(
        label=_("Users"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only with users: one a line, the business registration number, then the condition on"
            " which they receive the files."
        ),
    )
    item = forms.ChoiceField(
        label=pgettext_lazy("deposit", "Kind of content"), choices=item_choices
    )
    title = TextField(label=_("Title"), max_length=200)
    made_on = forms.DateField(label=_("Made on"), widget=DayInput())
    outline = TextField(
        label=_("Outline"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Staff read it. Write nothing here that must stay secret."),
    )
    is_secret = forms.BooleanField(
        label=_("We keep it secret"),
        required=False,
        initial=True,
        help_text=_(
            "A user then receives it only while a request sheet and an agreement on secrecy are there."
            " Leave it only for what anybody may read."
        ),
    )
    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Up to 20 files; those that come with the form may have 20 MB together."),
    )
    large = LargeFilesField(label=_("Large files"))
    project = forms.ModelChoiceField(
        label=_("Core data of a project"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = queries.organisations_with_key(user)
        self.fields["depositor"].queryset = own
        self.fields["project"].queryset = queries.projects_to_deposit_for(user)
        self.fields["contract"].initial = next(iter(rules().contracts))
        self.fields["files"].widget.attrs["accept"] = ACCEPT
        self.fields["files"].most = MOST_FILES
        self.fields["large"].at(
            reverse("deposits:begin_upload"),
            beside="id_files",
            arrived=whole(user, PURPOSE),
            coming=coming(user, PURPOSE),
        )

    def clean_users(self) -> list[UsedBy]:
        """The users by their numbers; what is unknown is named with its line."""
        users, faults = [], []
        for number, line in enumerate(self.cleaned_data["users"].splitlines(), 1):
            if not line.strip():
                continue
            written, _comma, condition = line.strip().partition(" ")
            digits = business_number(written.strip(" ,"))
            organisation = organisation_with_number(digits) if digits else None
            if organisation is None:
                faults.append(
                    _now("Line %(line)s: no organisation is registered under “%(number)s”.")
                    % {"line": number, "number": written}
                )
            else:
                users.append(UsedBy(organisation, condition.strip(" ,")[:500]))
        if faults:
            raise forms.ValidationError(faults)
        return users


class NewKeyForm(forms.Form):
    """A passphrase, twice."""

    passphrase = _password(
        _("Passphrase"), "new-password",
        help_text=_(
            "At least 12 characters; several words are good. The platform does not keep it and cannot"
            " send it to you. If it is lost, two release officers can help."
        ),
    )  # fmt: skip
    again = _password(_("The same again"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean() or self.cleaned_data
        if given.get("passphrase") != given.get("again"):
            self.add_error("again", _("This is not the same."))
        return given


class ChangeKeyForm(NewKeyForm):
    """The passphrase so far, and the new one twice."""

    field_order = ["old", "passphrase", "again"]
    old = _password(_("Passphrase so far"))


class PassphraseForm(forms.Form):
    """A passphrase, to open something."""

    passphrase = _password(_("Passphrase"))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = TextField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class StatementForm(forms.Form):
    """What the depositor objects."""

    text = TextField(
        label=_("Why it must not be released"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PaidForm(forms.Form):
    """On which day a fee came in."""

    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput())


class AskReleaseForm(forms.Form):
    """For whom, on which ground, and what shows it."""

    organisation = forms.ModelChoiceField(label=_("For"), queryset=None, empty_label=None)
    ground = forms.ChoiceField(label=_("Ground"))
    statement = TextField(
        label=_("What happened, and what shows it"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, user: Reader, deposit: Deposit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = queries.parties_managed_by(user, deposit)
        self.fields["organisation"].queryset = parties
        is_depositor = parties.filter(pk=deposit.depositor_id).exists()
        is_user = parties.exclude(pk=deposit.depositor_id).exists()
        who = {"users": is_user, "depositor": is_depositor}
        self.fields["ground"].choices = [
            (ground.code, ground.name) for ground in rules().grounds.values() if who[ground.by]
        ]


class HandOverForm(PassphraseForm):
    """To whom, and one's own passphrase."""

    field_order = ["to", "passphrase"]
    to = forms.ModelChoiceField(label=_("Successor"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = queries.successors_of(user)
