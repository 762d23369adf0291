"""Fields that several forms have."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from dure.apps.outcomes.kinds import country_choices, currency_choices

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MOST = Decimal(10) ** 15
LANGUAGES = (
    ("en", _("English")), ("zh", _("Chinese")), ("ja", _("Japanese")), ("vi", _("Vietnamese")),
    ("id", _("Indonesian")), ("th", _("Thai")), ("ru", _("Russian")), ("uz", _("Uzbek")),
    ("es", _("Spanish")), ("de", _("German")), ("fr", _("French")), ("ar", _("Arabic")),
)  # fmt: skip


class MomentField(forms.DateTimeField):
    """A day and an hour in Seoul."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **more)

    def clean(self, value: Any) -> datetime | None:
        """The moment; years that no meeting can have are refused."""
        moment: datetime | None = super().clean(value)
        if moment is not None and not FIRST <= moment <= LAST:
            raise forms.ValidationError(say("Between 2000 and 2100."))
        return moment


class AmountField(forms.DecimalField):
    """An amount as people write it, 1,250,000.50; never a float."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            min_value=Decimal(0), max_value=MOST, decimal_places=2, widget=widget, **more
        )

    def to_python(self, value: Any) -> Decimal | None:
        """The amount; commas between digits are read over."""
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


class CountryField(forms.ChoiceField):
    """A country other than this one, in the reader's language."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=_abroad, **more)


class CountriesField(forms.MultipleChoiceField):
    """Several of them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=lambda: _abroad()[1:], **more)


class CurrencyField(forms.ChoiceField):
    """A currency by its code and name."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=_currencies, **more)


def _abroad() -> list[tuple[str, str]]:
    return [("", "–"), *((code, name) for code, name in country_choices() if code != "KR")]


def _currencies() -> list[tuple[str, str]]:
    return [("", "–"), *currency_choices()]
