"""The Excel export of a list: what its reader may see, no cell more."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.catalog import queries
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters import words
from dure.apps.catalog.presenters.kinds import EntryPages
from dure.apps.people.queries import Reader
from dure.foundation.sheets import workbook

Cell = Callable[[Any], Any]

HEAD: tuple[tuple[Any, Cell], ...] = (
    (gettext_lazy("Entry number"), lambda e: e.pk),
    (gettext_lazy("Title"), lambda e: e.title),
    (gettext_lazy("Title in English"), lambda e: e.title_en),
    (gettext_lazy("Organisation"), lambda e: str(e.organisation)),
    (gettext_lazy("Kind of organisation"), lambda e: e.organisation.get_kind_display()),
    (gettext_lazy("Region"), words.region_of),
    (gettext_lazy("Field"), lambda e: words.field_name(e.field)),
    (gettext_lazy("Branch of a roadmap"), lambda e: str(e.branch or "")),
    (gettext_lazy("TRL"), lambda e: e.trl),
    (gettext_lazy("Form of cooperation"), lambda e: "; ".join(words.cooperation_names(e))),
    (gettext_lazy("Keywords"), lambda e: "; ".join(e.keywords)),
)
DETAILS: tuple[tuple[Any, Cell], ...] = (
    (gettext_lazy("Description"), lambda e: e.body),
    (gettext_lazy("Description in English"), lambda e: e.body_en),
)
NEED_DETAILS: tuple[tuple[Any, Cell], ...] = (
    (gettext_lazy("Requirements"), lambda e: e.requirements),
    (gettext_lazy("Budget (won)"), lambda e: e.budget),
)
TECHNOLOGY_DETAILS: tuple[tuple[Any, Cell], ...] = (
    (gettext_lazy("Where it is in use"), lambda e: e.track_record),
)
TAIL: tuple[tuple[Any, Cell], ...] = (
    (gettext_lazy("Status"), lambda e: e.get_stage_display()),
    (gettext_lazy("Visibility"), lambda e: e.get_visibility_display()),
    (gettext_lazy("Published on"), lambda e: _day(e.published_at)),
    (gettext_lazy("Source of the text"), lambda e: e.source),
    (
        gettext_lazy("Invented organisation"),
        lambda e: _("Yes") if e.organisation.is_invented else "",
    ),
)


def as_workbook(kind: EntryPages, entries: Iterable[Need | Technology], reader: Reader) -> bytes:
    """An .xlsx of `entries`; what is closed to the reader stays empty."""
    more = NEED_DETAILS if kind.model is Need else TECHNOLOGY_DETAILS
    columns = (*HEAD, *DETAILS, *more, *TAIL)
    redacted = (queries.redacted_for(reader, entry) for entry in entries)
    rows = ([read(entry) for _header, read in columns] for entry in redacted)
    return workbook(str(kind.plural), [str(header) for header, _read in columns], rows)


def _day(moment: Any) -> str:
    return localdate(moment) if moment else None
