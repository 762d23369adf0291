"""Two versions of an entry side by side, when two people wrote at once."""

from dataclasses import dataclass
from typing import Any

from dure.apps.catalog.forms.entries import EntryForm
from dure.apps.catalog.models import Need, Technology


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that stands differently in the two versions."""

    label: str
    yours: str
    theirs: str


def differences(form: EntryForm, theirs: Need | Technology) -> list[Difference]:
    """The fields in which what was typed differs from what another person saved."""
    differences = []
    for name, value in form.values().items():
        other = getattr(theirs, name)
        if value != other:
            field = form[name]
            differences.append(
                Difference(str(field.label), _spoken(field, value), _spoken(field, other))
            )
    return differences


def _spoken(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, int) and not hasattr(field.field, "choices"):
        return f"{value:,}"
    labels = {str(code): str(label) for code, label in getattr(field.field, "choices", ())}
    if isinstance(value, list):
        return "; ".join(labels.get(str(choice), str(choice)) for choice in value)
    return labels.get(str(value), str(value))
