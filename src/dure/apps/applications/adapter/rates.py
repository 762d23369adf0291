"""Who works more than 100 % in several applications together (korean rules: 인건비계상률)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dure.apps.applications import queries
from dure.apps.applications.adapter.parts import part_name, read
from dure.apps.applications.models import Application, Participant, Submission

MOST = 100


@dataclass(frozen=True, slots=True)
class Overbooked:
    """Somebody of an organisation whose rates exceed 100 %, in all and by application number."""

    name: str
    organisation: str
    rate: int
    rates: tuple[tuple[str, int], ...]


def overbooked_of(participant: Participant) -> list[Overbooked]:
    """People of a member of a draft who are over 100 % with its other applications that may succeed.

    What is declared of other projects counts where it is more than the applications say.
    """
    own = participant.application
    rows_by_number = [(own.number, _rows(own, participant))]
    rows_by_number += [
        (other.application.number, _rows(other.application, other))
        for other in queries.other_parts_of(participant)
    ]
    return list(_over(str(participant.organisation), rows_by_number, own.number))


def overbooked_in(opened: Iterable[Submission]) -> list[Overbooked]:
    """People who are over 100 % in opened applications to a call and the others of their organisations."""
    opened = list(opened)
    numbers = {submission.application.number for submission in opened}
    organisations: dict[str, str] = {}
    rows_of: dict[str, list[tuple[str, list[dict[str, Any]]]]] = defaultdict(list)
    for submission in [*opened, *queries.opened_beside(opened)]:
        for member in submission.content["members"]:
            about = member["organisation"]
            known_as = about.get("number") or about["name"]
            organisations[known_as] = about["name"]
            rows_of[known_as].append((submission.application.number, member["people"]))
    return [
        person
        for known_as, name in sorted(organisations.items(), key=lambda pair: (pair[1], pair[0]))
        for person in _over(name, rows_of[known_as])
        if numbers & {number for number, _rate in person.rates}
    ]


def _over(
    organisation: str, rows_by_number: Iterable[tuple[str, list[dict[str, Any]]]], own: str = ""
) -> Iterable[Overbooked]:
    rates: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    declared: dict[str, int] = defaultdict(int)
    for number, rows in rows_by_number:
        for row in rows:
            rates[row["name"]][number] += row.get("rate") or 0
            declared[row["name"]] = max(declared[row["name"]], row.get("other_rate") or 0)
    for name, by_number in sorted(rates.items()):
        total = _most(by_number, declared[name])
        is_here = not own or own in by_number
        if name and is_here and len(by_number) > 1 and total > MOST:
            yield Overbooked(name, organisation, total, tuple(sorted(by_number.items())))


def _most(by_number: dict[str, int], declared: int) -> int:
    """All rates together, or one application with what is declared beside it, whichever is more."""
    return max(sum(by_number.values()), *(rate + declared for rate in by_number.values()))


def _rows(application: Application, participant: Participant) -> list[dict[str, Any]]:
    kept = queries.part_of(application, part_name("people", participant.pk))
    return read(kept)["rows"] if kept else []
