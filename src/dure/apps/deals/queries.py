"""Who sees which deal, and how many were found, judged, matched and closed by whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dure.apps.catalog.models import Need, Technology, region_choices
from dure.apps.catalog.queries import needs_visible_to
from dure.apps.deals.kinds import failure_of
from dure.apps.deals.models import Deal, Entrusted, Payment, Proposal
from dure.apps.deals.roles import READERS
from dure.apps.people.queries import Reader, roles_of

JUDGED = ("JUDGED", "MATCHED", "NEGOTIATING", "TERMS", "CONTRACTED", "COMPLETED")
MATCHED = JUDGED[1:]
CLOSED = ("CONTRACTED", "COMPLETED")


def deals_visible_to(user: Reader) -> QuerySet[Deal]:
    """All for `roles.READERS`; else those that one's organisations ask, found or, once taken, supply."""
    deals = Deal.objects.select_related("asking", "finder", "supply", "broker")
    roles = roles_of(user)
    if not roles.holds(READERS):
        own = roles.organisations
        deals = deals.filter(Q(asking__in=own) | Q(finder__in=own) | Q(supply__in=own))
    return deals.order_by("-created_at", "-pk")


def proposals_visible_to(user: Reader) -> QuerySet[Proposal]:
    """What was proposed: for brokers and who asks; the owner of a technology sees its own once taken."""
    proposals = Proposal.objects.select_related("deal", "technology__organisation", "created_by")
    roles = roles_of(user)
    if not roles.holds(READERS):
        own = roles.organisations
        is_taken = Q(technology__organisation__in=own, is_taken=True)
        proposals = proposals.filter(Q(deal__asking__in=own) | is_taken)
    return proposals.order_by("created_at", "pk")


def payments_visible_to(user: Reader) -> QuerySet[Payment]:
    """The payments of the deals that one sees as a side or by role."""
    payments = Payment.objects.filter(deal__in=deals_visible_to(user).order_by())
    roles = roles_of(user)
    if not roles.holds(READERS):
        own = roles.organisations
        payments = payments.filter(Q(deal__asking__in=own) | Q(deal__supply__in=own))
    return payments.select_related("deal__asking", "deal__supply").order_by("deal", "number")


def needs_to_file(user: Reader) -> QuerySet[Need]:
    """The needs of which somebody may file a request: all that one sees."""
    return needs_visible_to(user).select_related("organisation").order_by("-pk")


def entrusted() -> QuerySet[Entrusted]:
    """The technologies that are entrusted to the office, the newest first."""
    entries = Entrusted.objects.select_related("technology__organisation", "created_by")
    return entries.order_by("-since", "-pk")


def entrusted_among(technologies: Iterable[Technology]) -> set[int]:
    """Which of these are entrusted, by primary key."""
    entries = Entrusted.objects.filter(technology__in=technologies)
    return set(entries.values_list("technology", flat=True))


@dataclass(slots=True)
class Figures:
    """What came of the requests that one organisation found."""

    finder: str
    region: str
    found_by: str
    filed: int = 0
    judged: int = 0
    matched: int = 0
    closed: int = 0
    amount: int = 0
    failed: int = 0
    why_not: dict[str, int] | None = None

    def why_not_in_words(self) -> str:
        """The reasons with their numbers, the most frequent first."""
        counts = sorted((self.why_not or {}).items(), key=lambda reason_count: -reason_count[1])
        return ", ".join(f"{failure_of(code) or code} {count}" for code, count in counts)


def figures(deals: QuerySet[Deal]) -> list[Figures]:
    """Requests by who found them: filed, judged fit, matched, closed with their amount, and why not."""
    by_body: dict[tuple[int, str], Figures] = {}
    regions = dict(region_choices())
    for deal in deals.select_related("finder").order_by("finder__region", "finder__name", "pk"):
        key = (deal.finder_id, deal.found_by)
        line = by_body.setdefault(
            key,
            Figures(
                str(deal.finder),
                regions.get(deal.finder.region, deal.finder.region),
                deal.get_found_by_display(),
            ),
        )
        has_failed = deal.stage == "FAILED"
        line.filed += 1
        line.judged += deal.stage in JUDGED or (has_failed and deal.broker_id is not None
                                                and deal.failure != "unfit")  # fmt: skip
        line.matched += deal.stage in MATCHED or (has_failed and deal.supply_id is not None)
        line.closed += deal.stage in CLOSED
        line.amount += (deal.amount or 0) if deal.stage in CLOSED else 0
        line.failed += has_failed
        if has_failed:
            line.why_not = line.why_not or {}
            line.why_not[deal.failure] = line.why_not.get(deal.failure, 0) + 1
    return list(by_body.values())
