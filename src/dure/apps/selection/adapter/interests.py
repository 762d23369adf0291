"""What was declared, as facts for engines/conflicts."""

from collections.abc import Collection, Iterable, Iterator

from dure.apps.people.models import User
from dure.apps.selection.models import Interest
from dure.engines.conflicts import Fact, Policy
from dure.foundation.ties import organisation, person

DECLARED = "declared"


def declared_facts(
    interests: Iterable[Interest], people: Collection[User], policy: Policy
) -> Iterator[Fact]:
    """A fact for each interest; whom one names is everybody of `people` of that name.

    A kind that the rule set does not know counts as what was declared.
    """
    by_name: dict[str, list[User]] = {}
    for each in people:
        by_name.setdefault(_bare(each.name), []).append(each)
    for interest in interests:
        kind = interest.kind.lower()
        kind = kind if kind in policy.rules else DECLARED
        one = (
            organisation(interest.organisation_id)
            if interest.reviewer is None
            else person(interest.reviewer.user_id)
        )
        others = (
            [organisation(interest.other_id)]
            if interest.other_id
            else [person(each.pk) for each in by_name.get(_bare(interest.name), ())]
        )
        for other in others:
            yield Fact(kind, one, other, interest.since, interest.until)


def _bare(name: str) -> str:
    return "".join(name.split()).casefold()
