"""Who sees which needs and technologies, and how much of them."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from dure.apps.catalog.models import (
    DisclosedEntry,
    DuplicateCandidate,
    Need,
    SavedSearch,
    Technology,
    Visibility,
)
from dure.apps.catalog.roles import READERS
from dure.apps.catalog.stages import NEED_OPEN, NEED_SHOWN, TECHNOLOGY_SHOWN, NeedStage
from dure.apps.ndas.models import Nda, RequestSheet
from dure.apps.ndas.queries import TO_SIGN, ndas_visible_to, opening_for, sheets_visible_to
from dure.apps.ndas.stages import NdaStage, SheetStage
from dure.apps.people.models import DEMAND_KINDS, Organisation
from dure.apps.people.queries import (
    Reader,
    Roles,
    organisations_visible_to,
    roles_of,
)
from dure.engines.matching import Kind
from dure.foundation import searchindex
from dure.foundation.searchindex import Where

AnEntry = TypeVar("AnEntry", Need, Technology)
KINDS = {Need: Kind.NEED, Technology: Kind.TECHNOLOGY}

# An agreement without a request sheet does not open to a buyer what a smaller firm marked as technical
# data kept secret (하도급법 제12조의3, 상생협력법 제21조의2); what was signed before the mark stays as it was.
WAITS_FOR_SHEET = Q(
    sheet=None,
    technology__secret_since__isnull=False,
    nda__receiving_party__kind__in=DEMAND_KINDS,
    nda__answered_at__gte=F("technology__secret_since"),
) & ~Q(technology__organisation__kind__in=DEMAND_KINDS)


def needs_visible_to(user: Reader) -> QuerySet[Need]:
    """Own needs at any stage; others' once shown; teasers to all, members-only to members."""
    return _visible(Need.objects.all(), roles_of(user), list(NEED_SHOWN))


def technologies_visible_to(user: Reader) -> QuerySet[Technology]:
    """Own technologies at any stage; others' once published, as their visibility says."""
    return _visible(Technology.objects.all(), roles_of(user), list(TECHNOLOGY_SHOWN))


def merge_target(need_id: int, user: Reader) -> Need | None:
    """The need that another one was merged into, for who could open both."""
    was_shown = Need.objects.filter(published_at__isnull=False)
    merged = _visible(was_shown, roles_of(user), [NeedStage.MERGED]).filter(pk=need_id)
    return needs_visible_to(user).filter(pk__in=merged.values("merged_into")).first()


def open_needs() -> QuerySet[Need]:
    """Needs that still look for technologies, whoever reads: for matching jobs, not for pages."""
    return Need.objects.filter(stage__in=NEED_OPEN, organisation__is_opted_out=False)


def offered_technologies() -> QuerySet[Technology]:
    """Technologies on offer, whoever reads: for matching jobs, not for pages."""
    return Technology.objects.filter(stage__in=TECHNOLOGY_SHOWN, organisation__is_opted_out=False)


def key_of(entry: Need | Technology) -> str:
    """The id of an entry in the search index: N12 or T34."""
    return f"{KINDS[type(entry)].value[0]}{entry.pk}"


def part_of_index_visible_to(user: Reader, side: Kind) -> Where:
    """The part of the search index that `user` may find something in."""
    roles = roles_of(user)
    on_side = searchindex.equals("side", side.value)
    if roles.holds(READERS):
        return on_side
    open_to = [Visibility.PUBLIC.value, Visibility.TEASER.value]
    if roles.is_member:
        open_to.append(Visibility.MEMBERS.value)
    return on_side & (
        searchindex.one_of("visibility", open_to)
        | searchindex.one_of("organisation", sorted(roles.organisations))
    )


def titled(entries: QuerySet[AnEntry], text: str) -> QuerySet[AnEntry]:
    """Those of `entries` with `text` in their title, the newest first."""
    named = Q(title__icontains=text) | Q(title_en__icontains=text)
    return entries.filter(named).order_by("-published_at", "-pk")


def organisations_named(text: str, user: Reader) -> list[str]:
    """Names of organisations that `user` may see and that begin with `text`."""
    organisations = (
        organisations_visible_to(user).filter(name__istartswith=text).order_by("name", "pk")
    )
    return list(organisations.values_list("name", flat=True)[:5])


def reads_inside(user: Reader, entry: Need | Technology) -> bool:
    """True for the owner's people and `roles.READERS`: at every stage, with details and history."""
    roles = roles_of(user)
    return roles.holds(READERS) or entry.organisation_id in roles.organisations


def reads_details(user: Reader, entry: Need | Technology) -> bool:
    """True when `user`, who sees the entry, may read more of it than a teaser tells."""
    return _needs_no_agreement(user, entry) or bool(reads_under(user, entry))


def reads_under(user: Reader, entry: Need | Technology) -> list[int]:
    """The ids of the agreements without which `user` could not read the details of `entry`.

    None for who needs no agreement: whoever reads inside, everybody where nothing is closed.
    """
    if _needs_no_agreement(user, entry):
        return []
    return _opened(user)[type(entry)].get(entry.pk, [])


def opened_by(user: Reader, kind: type[Need] | type[Technology]) -> Q:
    """The same as a condition, for whatever filters or sorts entries of `kind` by details."""
    roles = roles_of(user)
    if roles.holds(READERS):
        return ~Q(pk__in=[])
    return (
        ~Q(visibility=Visibility.TEASER)
        | Q(organisation__in=roles.organisations)
        | Q(pk__in=list(_opened(user)[kind]))
    )


def entry_to_protect(
    user: Reader,
    *,
    sides: tuple[Organisation, Organisation],
    need: int | None,
    technology: int | None,
) -> Need | Technology | None:
    """What the other one of two `sides` brought, demand first, when `user` signs for one of them."""
    managed, (demand, supply) = roles_of(user).managed, sides
    if demand.pk in managed:
        return technologies_visible_to(user).filter(pk=technology).first()
    if supply.pk in managed:
        return needs_visible_to(user).filter(pk=need).first()
    return None


def agreements_on(user: Reader, entry: Need | Technology) -> QuerySet[Nda]:
    """The agreements about the details of `entry` that `user` may see, the newest first."""
    opened = entry.disclosed_entries.all()
    by_sheet = RequestSheet.objects.filter(disclosed_entries__in=opened, nda__isnull=False)
    return ndas_visible_to(user).filter(
        Q(disclosed_entries__in=opened) | Q(pk__in=by_sheet.values("nda"))
    )


def sheets_on(user: Reader, entry: Need | Technology) -> QuerySet[RequestSheet]:
    """The request sheets for the details of `entry` that `user` may see, the newest first."""
    return sheets_visible_to(user).filter(disclosed_entries__in=entry.disclosed_entries.all())


def open_sheets(sheets: QuerySet[RequestSheet]) -> QuerySet[RequestSheet]:
    """Those of `sheets` that may still lead to the details, or have: neither declined nor outlived."""
    is_over = (
        Q(nda__stage__in=[NdaStage.REFUSED, NdaStage.WITHDRAWN, NdaStage.ENDED])
        | Q(nda__stage=NdaStage.SIGNED, nda__ends_at__lte=Now())
        | Q(nda__stage=NdaStage.ASKED) & ~Q(nda__in=Nda.objects.filter(TO_SIGN))
    )
    return sheets.filter(stage__in=[SheetStage.GIVEN, SheetStage.AGREED]).exclude(is_over)


def waits_for_sheet(entry: Need | Technology, receiver: Organisation) -> bool:
    """True where `receiver`, a buyer, gets the details only after a request sheet (기술자료 요구서)."""
    is_secret = isinstance(entry, Technology) and entry.keeps_secret
    return is_secret and receiver.is_demand and not entry.organisation.is_demand


def redacted_for(user: Reader, entry: AnEntry) -> AnEntry:
    """The entry as `user`, who sees it, may read it: without its details where they are closed."""
    return entry if reads_details(user, entry) else entry.redacted()


def redacted_for_all(entry: AnEntry) -> AnEntry:
    """The entry as each of its readers may read it, for what is searched and matched."""
    return entry.redacted() if entry.visibility == Visibility.TEASER else entry


def counted_by_branch(
    entries: QuerySet[AnEntry], user: Reader, branches: Collection[int]
) -> dict[int, int]:
    """How many of `entries` point to each branch, as far as `user` may read where they point."""
    readable = entries.filter(opened_by(user, entries.model), branch__in=branches)
    return dict(readable.order_by().values_list("branch").annotate(Count("pk")))


def comparable_needs() -> QuerySet[Need]:
    """Needs among which near-duplicates are looked for: those that can still be merged."""
    stages = (NeedStage.UNDER_REVIEW, NeedStage.PUBLISHED, NeedStage.MATCHED)
    return Need.objects.filter(stage__in=stages).select_related("organisation").order_by("pk")


def needs_to_publish(user: Reader) -> QuerySet[Need]:
    """Needs under review that `user` may publish: not those handed in by the same person."""
    if not roles_of(user).is_officer:
        return Need.objects.none()
    return (
        Need.objects.filter(stage=NeedStage.UNDER_REVIEW)
        .exclude(handed_in_by=user.pk)
        .select_related("organisation")
        .order_by("handed_in_at", "pk")
    )


def entries_under_review(user: Reader, kind: type[AnEntry]) -> QuerySet[AnEntry]:
    """What waits for the programme office, oldest first; for officers only."""
    if not roles_of(user).is_officer:
        return kind.objects.none()
    return (
        kind.objects.filter(stage=NeedStage.UNDER_REVIEW)
        .select_related("organisation", "handed_in_by")
        .order_by("handed_in_at", "pk")
    )


def last_published_by(user: Reader, kind: type[AnEntry], since: datetime) -> QuerySet[AnEntry]:
    """What `user` published in one go, the last time after `since`: what can still be undone."""
    theirs = kind.objects.filter(
        stage=NeedStage.PUBLISHED, published_by=user.pk, published_at__gte=since
    )
    return theirs.filter(published_at=theirs.aggregate(last=Max("published_at"))["last"])


def duplicates_to_decide(user: Reader) -> QuerySet[DuplicateCandidate]:
    """Open pairs that are likelier the same than not: what waits for an officer."""
    return open_duplicates(user).filter(similarity__gte=DuplicateCandidate.LIKELY)


def open_duplicates(user: Reader) -> QuerySet[DuplicateCandidate]:
    """Pairs of needs that may be the same and are both still alive, the likeliest first."""
    if not roles_of(user).is_officer:
        return DuplicateCandidate.objects.none()
    alive = [NeedStage.UNDER_REVIEW, *NEED_OPEN]
    return (
        DuplicateCandidate.objects.filter(
            answer=DuplicateCandidate.Answer.OPEN, first__stage__in=alive, second__stage__in=alive
        )
        .select_related("first__organisation", "second__organisation")
        .order_by("-similarity", "pk")
    )


def answered_duplicate(user: Reader, pk: int | None) -> DuplicateCandidate | None:
    """A pair that was decided upon, for officers."""
    if not roles_of(user).is_officer or pk is None:
        return None
    answered = DuplicateCandidate.objects.filter(pk=pk, answered_at__isnull=False)
    return answered.select_related("first", "second").first()


def searches_of(user: Reader) -> QuerySet[SavedSearch]:
    """One's own saved searches, by list and name."""
    if not user.is_authenticated:
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(user=user).order_by("kind", "name", "pk")


def _needs_no_agreement(user: Reader, entry: Need | Technology) -> bool:
    return entry.visibility != Visibility.TEASER or reads_inside(user, entry)


def _opened(user: Reader) -> dict[type, dict[int, list[int]]]:
    """The ids of the teasers that are open to `user`, each with those of the agreements that open
    it; asked once per user object."""
    known = getattr(user, "_opened", None)
    if known is None:
        known = {Need: {}, Technology: {}}
        for nda, need, technology in _opening_rows(user).values_list(
            "opened_under", "need_id", "technology_id"
        ):
            known[Need if need else Technology].setdefault(need or technology, []).append(nda)
        user._opened = known  # noqa: SLF001 -- lives exactly as long as the request's user
    return known


def _opening_rows(user: Reader) -> QuerySet[DisclosedEntry]:
    """What opens to `user` now; `opened_under` is the agreement."""
    opening = opening_for(user)
    by_sheet = Q(sheet__stage=SheetStage.AGREED, sheet__nda__in=opening)
    by_agreement = Q(nda__in=opening) & ~Q(WAITS_FOR_SHEET)
    return DisclosedEntry.objects.filter(by_sheet | by_agreement).annotate(
        opened_under=Coalesce("nda_id", "sheet__nda_id")
    )


def _visible(entries: QuerySet, roles: Roles, shown: list[str]) -> QuerySet:
    entries = entries.select_related("organisation", "branch__roadmap")
    if roles.holds(READERS):
        return entries
    open_to = [Visibility.PUBLIC, Visibility.TEASER]
    if roles.is_member:
        open_to.append(Visibility.MEMBERS)
    return entries.filter(
        Q(stage__in=shown, visibility__in=open_to) | Q(organisation__in=roles.organisations)
    )
