"""What the history of everything can be narrowed to."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.trail.queries import recorded_models
from dure.foundation.ui.forms import TextField


class ChangesFilter(forms.Form):
    """Whose changes, of what, since when."""

    who = TextField(label=_("Name or e-mail"), required=False)
    what = forms.ChoiceField(label=_("Kind of record"), required=False)
    days = forms.ChoiceField(
        label=_("Period"),
        required=False,
        choices=[
            ("", _("30 days")),
            ("1", _("Yesterday")),
            ("7", _("7 days")),
            ("365", _("One year")),
            ("0", _("The beginning")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            ("", _("All")),
            *sorted(names_of_models(), key=lambda x: str(x[1])),
        ]
        self.is_valid()

    def models(self) -> list[type]:
        """The models whose changes are asked for."""
        wanted = self.cleaned_data.get("what")
        return [m for m in recorded_models() if not wanted or m._meta.model_name == wanted]  # noqa: SLF001 -- Django's public model API

    def since(self, now: datetime) -> datetime | None:
        """From when on; None for everything."""
        days = int(self.cleaned_data.get("days") or 30)
        return now - timedelta(days=days) if days else None


def names_of_models() -> list[tuple[str, Any]]:
    """The kinds of records whose changes are kept."""
    return [(m._meta.model_name, m._meta.verbose_name) for m in recorded_models()]  # noqa: SLF001 -- Django's public model API
