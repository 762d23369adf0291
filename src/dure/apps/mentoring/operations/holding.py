"""Cases and pairs held until the transaction ends, and who is told of them."""

from collections.abc import Iterable
from datetime import datetime

from dure.apps.mentoring.models import Case, Pair
from dure.apps.mentoring.notices import mentoring_news
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of


def locked_case(case: Case) -> Case:
    """A case as it is now, held until the transaction ends."""
    held = Case.objects.select_for_update(of=("self",)).select_related("organisation")
    return held.get(pk=case.pk)


def locked(pair: Pair) -> Pair:
    """A pair as it is now, held until the transaction ends."""
    held = Pair.objects.select_for_update(of=("self",)).select_related("mentor", "mentee", "case")
    return held.get(pk=pair.pk)


def of_pair(pair: Pair) -> list[User]:
    """Everybody of the two firms, and the coordinator."""
    people = [*people_of(pair.mentor), *people_of(pair.mentee)]
    return [*people, pair.case.coordinator] if pair.case.coordinator else people


def tell_of_pair(
    pair: Pair, event: str, *, at: datetime, by: User | None, people: Iterable[User] | None = None,
    **facts: str,
) -> None:  # fmt: skip
    """Tell people of a pair what happened, everybody once and never who did it."""
    known = {"event": event, "mentor": pair.mentor.name, "mentee": pair.mentee.name}
    recipients = of_pair(pair) if people is None else people
    _tell(recipients, known | facts, pair.get_absolute_url(), by=by, at=at)


def tell_of_case(
    case: Case, event: str, people: Iterable[User], *, at: datetime, by: User, **facts: str
) -> None:
    """Tell people of a firm that looks for a mentor, everybody once and never who did it."""
    known = {"event": event, "firm": case.organisation.name}
    _tell(people, known | facts, case.get_absolute_url(), by=by, at=at)


def _tell(
    people: Iterable[User], facts: dict[str, str], url: str, *, by: User | None, at: datetime
) -> None:
    once = {person.pk: person for person in people if by is None or person.pk != by.pk}
    tell(recipients=list(once.values()), kind=mentoring_news, facts=facts, url=url, at=at)
