"""Fields that several forms have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.projects.models import MOST_WON
from dure.values.amounts import won


class WonField(forms.CharField):
    """Whole won as people write them: 5,500,000 or 550만원."""

    def __init__(self, *, minimum: int = 1, maximum: int = MOST_WON, **more: Any) -> None:
        super().__init__(max_length=40, **more)
        self.minimum, self.maximum = minimum, maximum
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """Whole won; None for an empty field."""
        text = super().to_python(value)
        if not text:
            return None
        amount = won(text)
        if amount is None:
            raise forms.ValidationError(_("Write whole won, such as 5,500,000."))
        return amount

    def validate(self, value: Any) -> None:
        """Refuse what is out of range."""
        if value is None:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"])
            return
        if not self.minimum <= value <= self.maximum:
            raise forms.ValidationError(
                _("Write an amount from %(low)s to %(high)s.")
                % {"low": f"{self.minimum:,}", "high": f"{self.maximum:,}"}
            )

    def run_validators(self, value: Any) -> None:
        """Those of text do not fit a number."""
