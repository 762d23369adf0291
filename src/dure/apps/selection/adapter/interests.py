"""What either side declares and what reviewers did with others, as facts for engines/conflicts."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import belongings_of
from dure.apps.selection.kinds import WorkKind
from dure.apps.selection.models import Interest, Item, Work
from dure.engines.conflicts import Fact, Policy
from dure.foundation.ties import organisation, person

DECLARED = "declared"
_FORMS = re.compile(r"\(주\)|㈜|주식회사|유한회사|\(유\)")
_BETWEEN = re.compile(r"[;\n]|,(?![^(]*\))")
_AUTHOR = re.compile(r"(?P<name>[^()]+)(?:\((?P<body>.*)\))?$")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom others may name: how they are written as a party, and where they belong."""

    party: str
    name: str
    bodies: frozenset[str] = frozenset()

    def is_at(self, body: str) -> bool | None:
        """Whether they belong to an organisation; None where it, or theirs, is not known."""
        body = bare(body)
        if not (body and self.bodies):
            return None
        return any(own in body or body in own for own in map(bare, self.bodies))


def accounts(people: Collection[User]) -> list[Known]:
    """People with an account, and the organisations to which they belong or belonged."""
    belongings = belongings_of([person.pk for person in people], [])
    names = Organisation.objects.in_bulk([belonging.organisation_id for belonging in belongings])
    bodies: dict[int, set[str]] = {}
    for belonging in belongings:
        bodies.setdefault(belonging.user_id, set()).add(names[belonging.organisation_id].name)
    return [
        Known(person(user.pk), user.name, frozenset(bodies.get(user.pk, ()))) for user in people
    ]


def taking_part(item: Item) -> list[Known]:
    """Everybody whom an application names as one of its people, with their organisation."""
    content = item.submission.content or {"members": []}
    return [
        Known(
            f"named:{item.pk}:{row['name']}",
            row["name"],
            frozenset({member["organisation"]["name"]}),
        )
        for member in content["members"]
        for row in member["people"]
        if row["name"]
    ]


def declared_facts(
    interests: Iterable[Interest], known: Collection[Known], policy: Policy
) -> Iterator[Fact]:
    """A fact for each interest; whom one names is everybody of that name.

    A kind that the rule set does not know counts as what was declared.
    """
    for interest in interests:
        kind = interest.kind.lower()
        kind = kind if kind in policy.rules else DECLARED
        party = (
            organisation(interest.organisation_id)
            if interest.reviewer is None
            else person(interest.reviewer.user_id)
        )
        others = (
            [organisation(interest.other_id)]
            if interest.other_id
            else [
                known_person.party
                for known_person in known
                if bare(known_person.name) == bare(interest.name)
            ]
        )
        for other in others:
            yield Fact(kind, party, other, interest.since, interest.until)


def shared_works(works: Iterable[Work], known: Collection[Known]) -> tuple[list[Fact], list[Fact]]:
    """A fact for everybody with whom a reviewer did a work, from its year; without one for ever.

    First those whom name and organisation both mean, then those whom the name alone means.
    """
    by_name: dict[str, list[Known]] = {}
    for known_person in known:
        by_name.setdefault(bare(known_person.name), []).append(known_person)
    certain: list[Fact] = []
    by_name_alone: list[Fact] = []
    for work in works:
        kind = "co_project" if work.kind == WorkKind.PROJECT else "co_authorship"
        first = date(work.year, 1, 1) if work.year else None
        last = date(work.year, 12, 31) if work.year else None
        me = person(work.reviewer.user_id)
        for name, body in authors_of(work.authors):
            for other in by_name.get(bare(name), ()):
                is_there = other.is_at(body)
                if other.party == me or is_there is False:
                    continue
                facts = certain if is_there else by_name_alone
                facts.append(Fact(kind, me, other.party, first, last))
    return certain, by_name_alone


def authors_of(written: str) -> list[tuple[str, str]]:
    """The names of a list of authors, each with its organisation where one stands in brackets.

    >>> authors_of("김가온(가온테크); 박누리")
    [('김가온', '가온테크'), ('박누리', '')]
    >>> authors_of("Kim G. (Gaon Co., Ltd.), Park N.")
    [('Kim G.', 'Gaon Co., Ltd.'), ('Park N.', '')]
    """
    parts = filter(None, (part.strip() for part in _BETWEEN.split(written)))
    matches = [_AUTHOR.match(part) for part in parts]
    return [(match["name"].strip(), (match["body"] or "").strip()) for match in matches if match]


def bare(name: str) -> str:
    """A name as it is compared: without spaces, capitals and the form of a company."""
    return "".join(_FORMS.sub("", name).split()).casefold()
