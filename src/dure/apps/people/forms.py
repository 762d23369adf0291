"""What people type about organisations, themselves and others."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import (
    MandateKind,
    Organisation,
    OrganisationKind,
    ProfileEntry,
    User,
)
from dure.apps.people.operations import edit_account, give_consents
from dure.apps.people.queries import people_of, person_with_email, texts_to_agree_to
from dure.apps.people.roles import role_choices
from dure.foundation import vocabularies
from dure.foundation.ui.forms import DayInput, TextField, text_formfield
from dure.values.ids import business_number


def regions() -> list[tuple[str, str]]:
    """The regions in the reader's language."""
    return vocabularies.choices("regions", get_language())


class OrganisationFilter(forms.Form):
    """What a list of organisations can be narrowed to."""

    q = TextField(label=_("Name or number"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *OrganisationKind.choices]
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    group = TextField(label=_("Group of companies"), required=False)
    verified = forms.ChoiceField(
        label=_("Verification"),
        required=False,
        choices=[("", _("All")), ("yes", _("Verified")), ("no", _("Not verified yet"))],
    )

    def __init__(self, *args: Any, shows_unverified: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("All")), *regions()]
        if not shows_unverified:
            del self.fields["verified"]


class MandateForm(forms.Form):
    """Who acts for an organisation: one of its people, or for the money anybody with an account."""

    kind = forms.ChoiceField(label=_("Mandate"), choices=MandateKind.choices)
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=None,
        required=False,
        empty_label=_("Somebody from outside"),
        help_text=_("Signatories and delegates belong to the organisation."),
    )
    email = forms.EmailField(
        label=_("E-mail of somebody from outside"),
        required=False,
        help_text=_("Only for a bookkeeper. They need an account here."),
    )
    first_on = forms.DateField(label=_("From"), widget=DayInput())
    last_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DayInput(),
        help_text=_("Delegates need a last day."),
    )
    scope = TextField(
        label=_("For what"),
        required=False,
        max_length=300,
        help_text=_("For example: agreements of 2026."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(organisation)

    def clean(self) -> dict[str, Any]:
        """The person, chosen or known by address."""
        given = super().clean() or {}
        email = given.pop("email", "")
        person = given.pop("person", None)
        if person is None and email:
            person = person_with_email(email)
            if person is None:
                self.add_error("email", _("Nobody has an account with this address yet."))
        elif person is None and "email" not in self.errors:
            self.add_error("person", _("Choose a person, or give an address."))
        return {**given, "user": person}


class EndMandateForm(forms.Form):
    """Why a mandate ends before its time."""

    reason = TextField(label=_("Reason"), required=False, max_length=300)


class OrganisationForm(forms.ModelForm):
    """An organisation as its own people enter it; numbers are checked, the group is a name."""

    business_number = TextField(
        label=_("Business registration number"),
        required=False,
        max_length=20,
        help_text=_("Ten digits, for example 124-81-00998."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    group = TextField(
        label=_("Group of companies"),
        required=False,
        max_length=200,
        help_text=_(
            "If it is under common control with other firms. Firms of one group are never matched."
        ),
        widget=forms.TextInput(attrs={"list": "groups", "autocomplete": "off"}),
    )
    explained = {
        "business_number": "business-registration-number",
        "group": "group-of-companies",
        "industry": "ksic",
    }

    class Meta:
        formfield_callback = text_formfield
        model = Organisation
        fields = (
            "business_number",
            "other_id",
            "name",
            "name_en",
            "kind",
            "group",
            "region",
            "industry",
            "founded",
            "employees",
            "representative",
            "representative_sex",
            "address",
            "site",
            "summary",
            "summary_en",
            "profile",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "summary_en": forms.Textarea(attrs={"rows": 2}),
            "profile": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "name": _("As on the business registration."),
            "industry": _(
                "The first two to five digits of the Korean standard industrial classification."
            ),
            "representative": _("Who represents it by law; agreements name them."),
            "representative_sex": _(
                "Only counted, in groups of five and more; you need not say it."
            ),
            "address": _("As on the business registration; agreements name it."),
            "summary": _("What you do, as you would say it to a customer."),
            "profile": _("Products, customers, what you are good at. Everybody reads it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("Please choose")), *regions()]
        self.fields["kind"].choices = [("", _("Please choose")), *OrganisationKind.choices]
        if self.instance.pk:
            self.initial["group"] = self.instance.group.name if self.instance.group else ""

    def clean_business_number(self) -> str | None:
        """Ten digits with a true check digit, or nothing."""
        text = self.cleaned_data["business_number"].strip()
        if not text:
            return None
        number = business_number(text)
        if number is None:
            raise forms.ValidationError(
                _("This cannot be a business registration number: its check digit does not fit.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """One of the two numbers must be there."""
        values = super().clean()
        no_number = not values.get("business_number") and not values.get("other_id")
        if no_number and "business_number" not in self.errors:
            self.add_error(
                "business_number",
                _("Enter the business registration number, or the number in another register."),
            )
        return values

    def _post_clean(self) -> None:
        """Leave the instance alone; the operation checks uniqueness and writes."""


class ProfileEntryForm(forms.ModelForm):
    """A certificate, patent, reference, piece of equipment or brochure."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)

    class Meta:
        formfield_callback = text_formfield
        model = ProfileEntry
        fields = ("kind", "title", "number", "year", "url")
        help_texts = {
            "number": _("Of the certificate or patent."),
            "url": _("A page that shows it, such as a brochure on your own site."),
        }


class SignUpForm(forms.Form):
    """What allauth's form of signing up asks beside e-mail and password."""

    name = TextField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("So that others know whom they are dealing with."),
    )
    agrees_to_terms = forms.BooleanField(label=_("I agree to the terms of use."))
    agrees_to_privacy = forms.BooleanField(
        label=_("I agree that my name, e-mail address and password are collected and used."),
        help_text=_(
            "For membership and contact, until I close my account. You may refuse, but then you"
            " cannot join."
        ),
    )
    field_order = ("name", "email", "password1", "agrees_to_terms", "agrees_to_privacy")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account is made."""
        edit_account(
            user=user,
            values={"name": self.cleaned_data["name"], "language": get_language() or "ko"},
        )
        texts = texts_to_agree_to(user, localdate(user.joined_at))
        give_consents(user=user, texts=texts, at=user.joined_at)


class CloseAccountForm(forms.Form):
    """The last question before an account is closed."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    is_sure = forms.BooleanField(
        label=_("I know that my account cannot be restored."),
    )


class AccountForm(forms.ModelForm):
    """What a person says of themselves."""

    class Meta:
        formfield_callback = text_formfield
        model = User
        fields = ("name", "language", "wants_digest")
        widgets = {
            "language": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
        }
        help_texts = {"name": _("So that others know whom they are dealing with.")}


class TokenForm(forms.Form):
    """A key for the API."""

    name = TextField(
        label=_("What for"), max_length=100, help_text=_("For example: nightly export of our needs")
    )


class PersonFilter(forms.Form):
    """What the list of people can be narrowed to."""

    q = TextField(label=_("Name or e-mail"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=lambda: [("", _("All")), *role_choices(), ("NONE", _("Without a role"))],
    )


class AppointmentForm(forms.Form):
    """A role for a person."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
