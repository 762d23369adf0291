"""How organisations are said: facts, and rows of a workbook."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dure.apps.people import queries
from dure.apps.people.models import Mandate, Organisation, ProfileEntry, User
from dure.apps.people.permissions import may_end_mandate
from dure.apps.people.queries import Reader
from dure.foundation import vocabularies

HEADERS = (
    gettext_lazy("Name"),
    gettext_lazy("Name in English"),
    gettext_lazy("Business registration number"),
    gettext_lazy("Kind"),
    gettext_lazy("Group of companies"),
    gettext_lazy("Region"),
    gettext_lazy("Industry (KSIC)"),
    gettext_lazy("Founded"),
    gettext_lazy("Employees"),
    gettext_lazy("Verified"),
)

_STATES: dict[str, dict[str, Any]] = {
    "now": {"label": gettext_lazy("In force"), "tone": "success"},
    "later": {"label": gettext_lazy("Begins later"), "tone": "information"},
    "over": {"label": gettext_lazy("Over"), "tone": "neutral"},
}


def spoken_number(organisation: Organisation) -> str:
    """The number as it is written on paper (124-81-00998), or the one of another register."""
    number = organisation.business_number
    return f"{number[:3]}-{number[3:5]}-{number[5:]}" if number else organisation.other_id


def region_name(code: str) -> str:
    """The region in the reader's language."""
    return vocabularies.name_of("regions", code, get_language()) if code else ""


def facts_of(organisation: Organisation) -> list[tuple[str, str]]:
    """What is known of an organisation, as pairs of label and value."""
    employees = organisation.employees
    facts = [
        (_("Kind"), organisation.get_kind_display()),
        (_("Region"), region_name(organisation.region)),
        (_("Business registration number"), spoken_number(organisation)),
        (_("Founded"), str(organisation.founded or "")),
        (
            _("Employees"),
            ngettext("%(count)s person", "%(count)s people", employees)
            % {"count": f"{employees:,}"}
            if employees is not None
            else "",
        ),
        (_("Industry (KSIC)"), organisation.industry),
        (_("Representative"), organisation.representative),
        (_("Address"), organisation.address),
    ]
    return [(str(label), str(value)) for label, value in facts if value]


def profile_rows(entries: Iterable[ProfileEntry]) -> list[tuple[str, list[ProfileEntry]]]:
    """What an organisation shows of itself, under the names of the kinds."""
    profile_entries: dict[str, list[ProfileEntry]] = {}
    for entry in entries:
        profile_entries.setdefault(entry.get_kind_display(), []).append(entry)
    return list(profile_entries.items())


def headers() -> list[str]:
    """The headers of the workbook of organisations."""
    return [str(header) for header in HEADERS]


def row_of(organisation: Organisation) -> list[Any]:
    """One line of the workbook of organisations."""
    verified_at = organisation.verified_at
    return [
        organisation.name,
        organisation.name_en,
        spoken_number(organisation),
        organisation.get_kind_display(),
        str(organisation.group or ""),
        region_name(organisation.region),
        organisation.industry,
        organisation.founded,
        organisation.employees,
        localtime(verified_at) if verified_at else "",
    ]


# What nobody is told, not even whose it is.
SECRET = {"password", "digest", "data", "search", "evidence", "token"}


def data_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything that the platform keeps of somebody, by the kind of record.

    What belongs to the person is told in full; of what they did for others (texts, signatures,
    decisions) the number, the part they had in it, and its name.
    """
    records: dict[str, list[dict[str, Any]]] = {}
    for part in queries.records_about(user):
        rows = [
            _in_full(row) if part.is_own else {"id": row.pk, "as": part.field, "record": str(row)}
            for row in part.rows
        ]
        if rows:
            records.setdefault(part.kind, []).extend(rows)
    return records


def _in_full(row: Any) -> dict[str, Any]:
    fields = row._meta.concrete_fields  # noqa: SLF001 -- Django's public model API
    values = {field: field.value_from_object(row) for field in fields if field.name not in SECRET}
    return {field.name: _plain(field, row, value) for field, value in values.items()}


def _plain(field: Any, row: Any, value: Any) -> Any:
    """A value as JSON and workbooks know it; times are Seoul's."""
    if isinstance(value, datetime):
        return localtime(value)
    is_plain = value is None or isinstance(value, bool | int | str | date)
    return value if is_plain else field.value_to_string(row)


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, date) else str(value)


def data_as_rows(data: dict[str, list[dict[str, Any]]]) -> tuple[list[str], list[list[Any]]]:
    """The same for a workbook: one line for each value."""
    headers = [_("Kind"), _("Number"), _("Field"), _("Value")]
    rows = [
        [kind, record.get("id"), name, _cell(value)]
        for kind, records in data.items()
        for record in records
        for name, value in record.items()
        if name != "id"
    ]
    return headers, rows


def summary_of(organisation: Organisation) -> str:
    """Its sentence about itself, in the reader's language where there is one."""
    is_english = get_language() == "en"
    return (organisation.summary_en if is_english else "") or organisation.summary


def mandate_rows(mandates: Iterable[Mandate], user: Reader, on: date) -> list[dict[str, Any]]:
    """Who acts for an organisation: those of today first, then later ones, then those that are over."""
    rows = [
        {
            "mandate": mandate,
            "state": state,
            **_STATES[state],
            "may_end": may_end_mandate(user, mandate),
        }
        for mandate in mandates
        for state in [_state(mandate, on)]
    ]
    return sorted(rows, key=lambda row: (list(_STATES).index(row["state"]), row["mandate"].kind))


def mandate_sheet(
    mandates: Iterable[Mandate], organisation: Organisation, on: date
) -> dict[str, Any]:
    """The same as a sheet."""
    head = [
        _("Person"),
        _("E-mail"),
        _("Mandate"),
        _("For what"),
        _("From"),
        _("Until"),
        _("Status"),
    ]
    head += [_("Named by"), _("Ended"), _("Reason")]
    lines = [
        [
            *(str(mandate.user), mandate.user.email, mandate.get_kind_display(), mandate.scope),
            *(mandate.first_on, mandate.last_on, _STATES[_state(mandate, on)]["label"]),
            *(str(mandate.created_by), mandate.ended_on, mandate.reason),
        ]
        for mandate in mandates
    ]
    return {
        "title": _("Who acts for it"),
        "headers": head,
        "rows": lines,
        "name": f"{organisation}-{_('Who acts for it')}",
    }


def _state(mandate: Mandate, on: date) -> str:
    if mandate.ended_on or (mandate.last_on and mandate.last_on < on):
        return "over"
    return "now" if mandate.first_on <= on else "later"
