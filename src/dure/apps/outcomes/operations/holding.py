"""Holding outcomes while they change, and telling those whom it concerns."""

from datetime import datetime

from dure.apps.notices.operations import tell
from dure.apps.outcomes.models import CountedSpan, Outcome
from dure.apps.outcomes.notices import outcome_news
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.people.queries import SIZES, people_of


def locked(*outcomes: Outcome) -> list[Outcome]:
    """Outcomes as they are now, held in one order until the transaction ends."""
    held = Outcome.objects.select_for_update(of=("self",)).select_related(
        "organisation", "counterpart", "reported_for", "chain__programme", "chain__need",
        "chain__technology",
    )  # fmt: skip
    by_pk = {
        outcome.pk: outcome
        for outcome in held.filter(pk__in=[o.pk for o in outcomes]).order_by("pk")
    }
    return [by_pk[outcome.pk] for outcome in outcomes]


def begin_to_count(outcome: Outcome, at: datetime) -> None:
    """From now on it counts, under what its chain and its organisation say now."""
    CountedSpan.objects.create(outcome=outcome, starts_at=at, **counted_under(outcome))


def end_counting(outcome: Outcome, at: datetime) -> None:
    """From now on it counts no more."""
    CountedSpan.objects.filter(outcome=outcome, ends_at__isnull=True).update(ends_at=at)


def counted_under(outcome: Outcome) -> dict[str, object]:
    """Programme, need, field, region and size under which it counts."""
    chain = getattr(outcome, "chain", None)
    entry = (chain.need or chain.technology) if chain else None
    return {
        "programme": chain.programme if chain else None,
        "need": chain.need if chain else None,
        "field": entry.field if entry else "",
        "region": outcome.organisation.region,
        "size": SIZES.get(OrganisationKind(outcome.organisation.kind), ""),
    }


def side_of(outcome: Outcome, by: User, own: frozenset[int]) -> Organisation | None:
    """For which of the two sides somebody speaks; None for the programme office."""
    for organisation in (outcome.counterpart, outcome.organisation):
        if organisation and organisation.pk in own and organisation.pk != outcome.reported_for_id:
            return organisation
    return None


def tell_sides(
    outcome: Outcome, event: str, *, exclude: User | None, at: datetime, only: int | None = None,
    **facts: str,
) -> None:  # fmt: skip
    """Tell the people of both sides, or of `only` one organisation, and who reported it."""
    people: dict[int, User] = {}
    for organisation in (outcome.organisation, outcome.counterpart):
        if organisation and only in (None, organisation.pk):
            people |= {person.pk: person for person in people_of(organisation)}
    if only is None and outcome.reported_by:
        people[outcome.reported_by.pk] = outcome.reported_by
    people.pop(exclude.pk if exclude else 0, None)
    tell(
        recipients=list(people.values()),
        kind=outcome_news,
        facts={"event": event, "outcome": str(outcome), **facts},
        url=outcome.get_absolute_url(),
        at=at,
    )
