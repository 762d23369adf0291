"""Everything that may tie reviewers to the applications of a selection, as engines/conflicts asks it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dure.apps.applications.queries import members_of
from dure.apps.people.models import Organisation, User
from dure.apps.selection import queries
from dure.apps.selection.adapter.interests import (
    accounts,
    declared_facts,
    shared_works,
    taking_part,
)
from dure.apps.selection.models import Item, Reviewer, Selection
from dure.engines import conflicts
from dure.engines.conflicts import Conflict, Ties
from dure.foundation import ties


@dataclass(frozen=True, slots=True)
class Circles:
    """The parties of each item, and the facts that count on each of some days.

    `likenesses` are the facts of which a name alone says that they are about a party.
    """

    parties: dict[int, list[str]]
    ties: tuple[Ties, ...]
    likenesses: tuple[Ties, ...]

    def conflicts(self, item: Item, reviewer: Reviewer) -> list[Conflict]:
        """What ties a reviewer to an item on any of the days."""
        return self._found(self.ties, item, reviewer)

    def possible(self, item: Item, reviewer: Reviewer) -> list[Conflict]:
        """What may tie a reviewer to an item on any of the days, if the same name is the same person."""
        me = ties.person(reviewer.user_id)
        return self._found(
            [likeness for likeness in self.likenesses if me in likeness.by_party], item, reviewer
        )

    def _found(self, among: Iterable[Ties], item: Item, reviewer: Reviewer) -> list[Conflict]:
        me, parties = ties.person(reviewer.user_id), self.parties[item.pk]
        conflicts_between = (
            conflict for tie_set in among for conflict in conflicts.find_in(tie_set, me, parties)
        )
        return list(dict.fromkeys(conflicts_between))


def circles_of(
    selection: Selection, items: Sequence[Item], reviewers: Sequence[Reviewer], days: Iterable[date]
) -> Circles:
    """What ties these reviewers to these items: facts of all apps, interests, works done together."""
    named = {item.pk: taking_part(item) for item in items}
    parties = {
        item.pk: [*_parties(item), *dict.fromkeys(tie.party for tie in named[item.pk])]
        for item in items
    }
    bodies = {party for those in parties.values() for party in those}
    leaders = _numbers(bodies, "person")
    people = {reviewer.user_id: reviewer.user for reviewer in reviewers}
    people |= User.objects.in_bulk(leaders)
    known = [
        *accounts(list(people.values())),
        *(party for those in named.values() for party in those),
    ]
    policy = queries.policy_of(selection)
    certain, by_name_alone = shared_works(queries.works_with_others(reviewers), known)
    facts = (
        *ties.ties_of(list(people), _numbers(bodies, "organisation")),
        *declared_facts(queries.standing_interests(), known, policy),
        *certain,
    )
    days = list(days)
    return Circles(
        parties,
        tuple(conflicts.ties_of(facts, policy, on) for on in days),
        tuple(conflicts.ties_of(by_name_alone, policy, on) for on in days),
    )


def name_of(party: str) -> str:
    """What a party is called; a group by its number alone, as its firms are named."""
    kind, _colon, number = party.partition(":")
    if kind == "organisation":
        return str(Organisation.objects.get(pk=number))
    if kind == "named":
        return number.partition(":")[2]
    return str(User.objects.get(pk=number)) if kind == "person" else party


def _parties(item: Item) -> list[str]:
    """Everybody with an account whom an application stands for, and the challenge's owner."""
    application = item.application
    parties = [ties.organisation(member.organisation_id) for member in members_of(application)]
    parties += [ties.person(application.leader_id), ties.person(application.created_by_id)]
    if application.challenge is not None:
        parties.append(ties.organisation(application.challenge.organisation_id))
    return list(dict.fromkeys(parties))


def _numbers(parties: Iterable[str], kind: str) -> list[int]:
    split = (party.partition(":") for party in parties)
    return sorted(int(number) for name, _colon, number in split if name == kind)
