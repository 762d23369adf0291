"""The ranking of a recommending body: a number and a reason for each application."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.apps.applications.models import Application
from dure.foundation.ui.forms import TextField


class RankForm(forms.Form):
    """Two fields for each application, `rank_12` and `reason_12`; no number: not put forward."""

    def __init__(self, *args: Any, applications: Sequence[Application], **more: Any) -> None:
        super().__init__(*args, **more)
        self.applications = applications
        for application in applications:
            kept = getattr(application, "recommendation", None)
            self.fields[f"rank_{application.pk}"] = forms.IntegerField(
                label=_("Rank"),
                min_value=1,
                max_value=len(applications),
                required=False,
                initial=kept and kept.rank,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
            )
            self.fields[f"reason_{application.pk}"] = TextField(
                label=_("Why"),
                max_length=2000,
                required=False,
                initial=kept.reason if kept else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """The applications with their fields."""
        return [
            {
                "application": application,
                "rank": self[f"rank_{application.pk}"],
                "reason": self[f"reason_{application.pk}"],
            }
            for application in self.applications
        ]

    def ranks(self) -> dict[int, int]:
        """The ranks of a valid form, by id of an application."""
        given = {
            application.pk: self.cleaned_data[f"rank_{application.pk}"]
            for application in self.applications
        }
        return {pk: rank for pk, rank in given.items() if rank}

    def reasons(self) -> dict[int, str]:
        """The reasons of a valid form, by id of an application."""
        return {
            application.pk: self.cleaned_data[f"reason_{application.pk}"]
            for application in self.applications
        }
