"""What people fill in about papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.papers.kinds import kind_choices
from dure.apps.people.queries import Reader, organisations_of
from dure.foundation.ui.forms import DayInput, TextField

ACCEPT = ".pdf,.jpg,.jpeg,.png,.hwp,.hwpx,.docx,.xlsx,.doc,.xls"


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = DayInput()
    return forms.DateField(label=label, widget=widget, **more)


def _kinds_or_all() -> list[tuple[str, Any]]:
    return [("", _("All")), *kind_choices()]


class BoxFilter(forms.Form):
    """Which papers to show."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None, required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds_or_all, required=False)
    state = forms.ChoiceField(
        label=_("Validity"),
        required=False,
        choices=[
            ("", _("All")),
            ("valid", _("Valid")),
            ("soon", _("Runs out soon")),
            ("expired", _("Run out")),
        ],
    )

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_of(user)

    def wanted(self) -> dict[str, Any]:
        """The filters as `queries.narrowed` takes them; what is no filter narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class VersionForm(forms.Form):
    """A file with its dates."""

    issued_on = _day(_("Issued on"))
    expires_on = _day(
        _("Valid until"),
        required=False,
        help_text=_("As printed on it. Empty: the usual time for this kind of paper."),
    )


class PaperForm(VersionForm):
    """A paper that is not in the box yet."""

    field_order = ["organisation", "kind", "title", "issued_on", "expires_on"]
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    title = TextField(
        label=_("Title"),
        required=False,
        max_length=100,
        help_text=_("Only for another paper that is not in the list."),
    )

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_of(user)
        self.fields["organisation"].queryset = own
        if own.count() == 1:
            self.fields["organisation"].initial = own.first()
