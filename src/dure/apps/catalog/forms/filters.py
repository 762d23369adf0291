"""The filters and the order of a list of needs or technologies."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Case, F, Func, IntegerField, Q, QuerySet, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog import queries
from dure.apps.catalog.adapter.search import Search, look_up
from dure.apps.catalog.models import (
    Cooperation,
    Visibility,
    field_choices,
    region_choices,
)
from dure.apps.catalog.permissions import may_read_unshown
from dure.apps.catalog.presenters.kinds import EntryPages
from dure.apps.catalog.presenters.words import READINESS
from dure.apps.people.models import OrganisationKind
from dure.apps.people.queries import Reader, organisations_visible_to, roles_of
from dure.apps.roadmaps.models import Branch
from dure.apps.roadmaps.queries import below, branch_at
from dure.foundation.ui import listing
from dure.foundation.ui.forms import TextField

COUNTED = 10_000
LONGEST_NAME = 60
SIZES = (20, 50, 100)
ORDERS = {
    "published": "published_at",
    "title": "title",
    "organisation": "organisation__name",
    "trl": "trl",
}
LOOKUPS = {
    "field": "field__in",
    "trl_from": "trl__gte",
    "trl_to": "trl__lte",
    "cooperation": "cooperation__overlap",
    "organisation_kind": "organisation__kind__in",
    "status": "stage__in",
    "visibility": "visibility__in",
}
# Filters that look at details: what is closed to the reader never passes them.
OF_DETAILS = {"trl_from", "trl_to", "cooperation"}


class CappedPaginator(Paginator):
    """Counts no further than `COUNTED`, so that a list of a hundred thousand opens at once."""

    @cached_property
    def count(self) -> int:
        """How many there are, or `COUNTED` when there are as many or more."""
        return self.object_list.order_by()[:COUNTED].count()

    @property
    def is_capped(self) -> bool:
        """True when there may be more than were counted."""
        return self.count >= COUNTED


class Ticks(forms.MultipleChoiceField):
    """Any number of choices; what is not among them is passed over."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def clean(self, value: Any) -> list[str]:
        known = {str(code) for code, _label in self.choices}
        return [code for code in value or [] if code in known]


class Pick(forms.ChoiceField):
    """One choice or none; what is not among them is passed over."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def clean(self, value: Any) -> str:
        known = {str(code) for code, _label in self.choices}
        return value if value in known else ""


class FilterForm(forms.Form):
    """The filters of a list, for one reader."""

    q = TextField(label=_("Search words"), required=False)
    field = Ticks(label=_("Field"), choices=field_choices)
    trl_from = Pick(label=_("Readiness from"), choices=[("", "–"), *((n, n) for n in READINESS)])
    trl_to = Pick(label=_("Readiness to"), choices=[("", "–"), *((n, n) for n in READINESS)])
    region = Ticks(label=_("Region"), choices=region_choices)
    cooperation = Ticks(label=_("Cooperation"), choices=Cooperation.choices)
    organisation_kind = Ticks(label=_("Organisation"), choices=OrganisationKind.choices)
    status = Ticks(label=_("Status"))
    visibility = Ticks(label=_("Visibility"), choices=Visibility.choices)
    organisation = forms.IntegerField(required=False, widget=forms.HiddenInput)
    branch = TextField(required=False, max_length=80, widget=forms.HiddenInput)
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: Any, *, kind: EntryPages, reader: Reader) -> None:
        super().__init__(query)
        self.reader = reader
        self.search = Search()
        stages = kind.stages if may_read_unshown(reader) else kind.shown
        labels = dict(kind.stages.choices)
        self.fields["status"].choices = [(stage, labels[stage]) for stage in stages]
        self.is_valid()

    def pickers(self) -> list[dict[str, Any]]:
        """The filters that open as lists of ticks, each with how many are ticked."""
        names = ["field", "region", "cooperation", "organisation_kind", "status", "visibility"]
        pickers = []
        for name in names:
            size = len(list(self.fields[name].choices))
            if size > 1:
                ticked = len(self.cleaned_data[name])
                pickers.append({"field": self[name], "count": ticked, "is_long": size > 12})
        return pickers

    def chips(self) -> list[listing.Chip]:
        """What is filtered now, each with the address of the list without it."""
        return [*self._organisation_chip(), *self._branch_chip(), *listing.chips(self, self.data)]

    def _organisation_chip(self) -> list[listing.Chip]:
        number = self.cleaned_data.get("organisation")
        if number is None:
            return []
        named = organisations_visible_to(self.reader).filter(pk=number).first()
        after = self.data.copy()
        after.pop("organisation")
        label = str(self.fields["organisation_kind"].label)
        return [listing.Chip(label, str(named or f"#{number}"), f"?{after.urlencode()}")]

    @cached_property
    def branch_asked(self) -> Branch | None:
        """The branch of a roadmap that the list is narrowed to."""
        return branch_at(self.cleaned_data.get("branch", ""))

    def _branch_chip(self) -> list[listing.Chip]:
        if self.branch_asked is None:
            return []
        after = self.data.copy()
        after.pop("branch")
        return [listing.Chip(str(_("Roadmap")), str(self.branch_asked), f"?{after.urlencode()}")]

    def kept(self) -> str:
        """The filters in force as they stand in an address, without page and order."""
        kept = self.data.copy()
        for name, values in list(kept.lists()):
            kept.setlist(name, [value for value in values if value and name in self.fields])
        return kept.urlencode()

    def name(self) -> str:
        """What these filters may be called: their words and choices."""
        return " · ".join(chip.value for chip in self.chips())[:LONGEST_NAME]

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.cleaned_data.get("q", "")[:200]

    def narrow(self, entries: QuerySet) -> QuerySet:
        """Keep what fits all filters and is found by the words.

        None of them looks at details that are closed to the reader.
        """
        entries = self._filtered(entries)
        if not self.words.strip():
            return entries
        is_narrowed = any(self.cleaned_data.get(name) for name in self.fields if name != "q")
        self.search = look_up(self.words, entries, self.reader, is_narrowed=is_narrowed)
        return entries.filter(pk__in=self.search.found)

    @property
    def found(self) -> list[int]:
        """What the words found where entries were narrowed last, best first."""
        return self.search.found

    def _filtered(self, entries: QuerySet) -> QuerySet:
        chosen, opened = self.cleaned_data, queries.opened_by(self.reader, entries.model)
        for name, lookup in LOOKUPS.items():
            if chosen[name]:
                entries = entries.filter(**{lookup: chosen[name]})
        if any(chosen[name] for name in OF_DETAILS):
            entries = entries.filter(opened)
        if chosen["region"]:
            own = opened & Q(region__in=chosen["region"])
            at_home = (~opened | Q(region="")) & Q(organisation__region__in=chosen["region"])
            entries = entries.filter(own | at_home)
        if chosen.get("organisation") is not None:
            entries = entries.filter(organisation=chosen["organisation"])
        if self.branch_asked:
            entries = entries.filter(opened, branch__in=below(self.branch_asked))
        if chosen["mine"]:
            entries = entries.filter(organisation__in=roles_of(self.reader).organisations)
        return entries


class ArrangeForm(forms.Form):
    """In which order a list stands for one reader, and how much of it is on a page."""

    sort = Pick(
        label=_("Sort by"),
        choices=[
            ("", _("Best match, newest")),
            ("-published", _("Newest first")),
            ("published", _("Oldest first")),
            ("title", _("Title")),
            ("-title", _("Title, backwards")),
            ("organisation", _("Organisation")),
            ("-organisation", _("Organisation, backwards")),
            ("-trl", _("Readiest first")),
            ("trl", _("Least ready first")),
        ],
    )
    size = Pick(label=_("Rows per page"), choices=[(size, size) for size in SIZES])

    def __init__(self, query: Any, *, reader: Reader) -> None:
        super().__init__(query)
        self.reader = reader
        self.is_valid()

    def arrange(self, entries: QuerySet, order: Sequence[int] = ()) -> QuerySet:
        """Put `entries` in order; what a search `found` stands as it was found, unless the reader
        wishes otherwise.
        """
        sort = self.cleaned_data["sort"]
        if order and not sort:
            return entries.filter(pk__in=order).order_by(_place_in(order))
        key = F(ORDERS[sort.lstrip("-")]) if sort else F("published_at")
        if sort.endswith("trl"):
            key = Case(When(queries.opened_by(self.reader, entries.model), then=key))
        if sort.startswith("-") or not sort:
            # What is not published yet has no day and stands first: it waits for somebody.
            is_day = sort in ("", "-published")
            return entries.order_by(key.desc(nulls_last=None if is_day else True), "-pk")
        return entries.order_by(key.asc(nulls_last=True), "pk")

    def page(self, entries: QuerySet, number: str | None) -> Page:
        """One page of `entries`."""
        return CappedPaginator(entries, int(self.cleaned_data["size"] or SIZES[0])).get_page(number)


def _place_in(ids: Sequence[int]) -> Func:
    places = Value(list(ids), output_field=ArrayField(BigIntegerField()))
    return Func(places, F("pk"), function="array_position", output_field=IntegerField())
