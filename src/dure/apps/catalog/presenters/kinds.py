"""Needs and technologies side by side: what differs between their otherwise equal pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.catalog import queries
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.stages import NEED_SHOWN, TECHNOLOGY_SHOWN, NeedStage, TechnologyStage
from dure.apps.people.queries import Reader


@dataclass(frozen=True, slots=True)
class EntryPages:
    """One of the two kinds of entries: how it is read, and the words of its pages."""

    name: str
    path: str
    model: type[Need] | type[Technology]
    visible_to: Callable[[Reader], QuerySet]
    stages: type[TextChoices]
    shown: tuple[str, ...]
    plural: Promise
    lead: Promise
    new: Promise
    nothing: Promise
    how_to_fill: Promise

    def url(self, page: str, *args: Any) -> str:
        """The address of one of this kind's pages."""
        return reverse(f"catalog:{self.name}_{page}", args=args)


NEEDS = EntryPages(
    name="need",
    path="needs",
    model=Need,
    visible_to=queries.needs_visible_to,
    stages=NeedStage,
    shown=NEED_SHOWN,
    plural=pgettext_lazy("catalogue", "Needs"),
    lead=_("What demand organisations are looking for. Find the one that you can solve."),
    new=_("Register a need"),
    nothing=_("No needs here yet"),
    how_to_fill=_("Write one in your own words, or bring many at once in a spreadsheet."),
)
TECHNOLOGIES = EntryPages(
    name="technology",
    path="technologies",
    model=Technology,
    visible_to=queries.technologies_visible_to,
    stages=TechnologyStage,
    shown=TECHNOLOGY_SHOWN,
    plural=pgettext_lazy("catalogue", "Technologies"),
    lead=_("What small firms and institutes can do, in their own words."),
    new=_("Register a technology"),
    nothing=_("No technologies here yet"),
    how_to_fill=_("Describe what you can do, or bring many at once in a spreadsheet."),
)
KINDS = {kind.path: kind for kind in (NEEDS, TECHNOLOGIES)}


def kind_of(entry: Need | Technology) -> EntryPages:
    """The kind that an entry is of."""
    return NEEDS if isinstance(entry, Need) else TECHNOLOGIES
