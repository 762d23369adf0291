"""The kinds of spreadsheet that can be brought in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of spreadsheet that can be brought in."""

    name: str
    plural: Promise
    lead: Promise


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "needs",
            gettext_lazy("Bring in needs"),
            gettext_lazy("Hundreds at a time, from a spreadsheet. Nothing is half taken in."),
        ),
        Sheet(
            "technologies",
            gettext_lazy("Bring in technologies"),
            gettext_lazy("Hundreds at a time, from a spreadsheet. Nothing is half taken in."),
        ),
        Sheet(
            "organisations",
            gettext_lazy("Bring in organisations"),
            gettext_lazy("Hundreds at a time, from a spreadsheet. Nothing is half taken in."),
        ),
    )
}
