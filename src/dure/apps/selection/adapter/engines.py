"""Rows of a selection as values of the engines: scoring, assigning, matching."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.timezone import localdate

from dure.apps.selection import queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Conflict, Decision, Item, Member, Panel, Reviewer, Selection
from dure.apps.selection.stages import ItemStage, MemberStage, PanelStage
from dure.engines import assigning, matching, scheduling, scoring
from dure.foundation import lookup

FIT_UNIT = 1000


def rules_of(
    selection: Selection, weights: Mapping[str, int] | None = None, pass_score: int | None = None
) -> scoring.Rules:
    """How the sheets of a selection are counted; with other weights or pass score for a what-if."""
    points = queries.programme_points(selection)
    criteria = tuple(
        scoring.Criterion(
            criterion.id,
            Fraction((weights or {}).get(criterion.id, criterion.weight)),
            Fraction(criterion.minimum * 100, criterion.weight) if criterion.minimum else None,
        )
        for criterion in queries.criteria_of(selection)
    )
    least = points.pass_score if pass_score is None else pass_score
    return queries.rules_of(selection).scoring(criteria, least, points.most_bonus)


def places_of(selection: Selection, selected: int | None = None) -> scoring.Places:
    """The places of a selection, or so many for a what-if."""
    most = selection.most_of_a_challenge
    challenges = selection.items.order_by().values_list("application__challenge", flat=True)
    quotas = tuple(
        scoring.Quota("challenge", str(pk), most=most, reserve=selection.reserve_of_challenge)
        for pk in sorted({pk for pk in challenges if pk is not None})
        if most is not None
    )
    selected = selection.places if selected is None else selected
    return scoring.Places(selected, selection.reserve, quotas)


def entries_of(selection: Selection, panel: Panel | None = None) -> list[scoring.Entry]:
    """The admitted items with the sheets that count, of all panels or of one."""
    items = selection.items.filter(stage=ItemStage.ADMITTED, panel__isnull=False)
    if panel is not None:
        items = items.filter(panel=panel)
    listed = list(items.select_related("application__organisation", "panel"))
    sheets: dict[int, list[scoring.Sheet]] = {item.pk: [] for item in listed}
    loosened = queries.loosened(selection)
    rows = queries.final_sheets(listed).values_list("item", "member", "marks", "failed")
    for item_id, member_id, marks, failed in rows:
        sheets[item_id].append(
            scoring.Sheet(
                str(member_id),
                {name: Fraction(mark) for name, mark in marks.items()},
                frozenset(failed),
            )
        )
    return [
        scoring.Entry(
            id=str(item.pk),
            sheets=tuple(sheets[item.pk]),
            panel=str(item.panel),
            bonus=Fraction(item.bonus),
            penalty=Fraction(item.penalty),
            tier=1 if item.pk in loosened else item.tier,
            belongs={
                "region": item.application.organisation.region,
                "challenge": str(item.application.challenge_id),
            },
        )
        for item in listed
    ]


def ranking_of(
    selection: Selection,
    *,
    weights: Mapping[str, int] | None = None,
    places: int | None = None,
    pass_score: int | None = None,
) -> scoring.Ranking:
    """The ranking as the sheets stand. Raises UnusableSheets."""
    entries, rules = entries_of(selection), rules_of(selection, weights, pass_score)
    seats = places_of(selection, places)
    ranking = scoring.rank(entries, rules, seats)
    if faults := scoring.check(entries, rules, seats, ranking):
        raise AssertionError(f"the ranking does not follow from its sheets: {faults}")
    return ranking


def judged_again_of(
    selection: Selection, ranking: scoring.Ranking
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The items that are fixed and those that are judged again across panels, by the rule set."""
    rules = queries.rules_of(selection)
    fixed, until = rules.fixed_percent, rules.judged_again_percent
    if fixed is None or until is None:
        return (), ()
    return scoring.judged_again(
        ranking, selection.places, Fraction(fixed) / 100, Fraction(until) / 100
    )


_STANDING = (Outcome.REJECTED, Outcome.RESERVE, Outcome.SELECTED)


@dataclass(frozen=True, slots=True)
class Loss:
    """A place that the sheets which are left no longer carry: of which decision, and why not."""

    decision: Decision
    outcome: Outcome
    cause: Cause
    of: str


def changes_of(selection: Selection) -> list[dict[str, Any]]:
    """What of a decided selection the ranking as it is now would have otherwise, the best first.

    Nobody who was selected or waits in the reserve loses it here (see `losses_of`), and what was an
    exception, moved up or given up stays. Places of those who gave up are free. Raises
    UnusableSheets.
    """
    changes = []
    for old, line, new in _renewed(selection):
        outcome, cause, of = old.outcome, old.cause, old.of
        is_open = old.cause not in (Cause.EXCEPTION, Cause.MOVED_UP, Cause.GAVE_UP)
        if is_open and _fall(old, new) < 0:
            outcome, of = new.outcome.value, new.of
            is_selected = outcome == Outcome.SELECTED
            cause = Cause.JUDGED_AGAIN if is_selected else Cause(new.cause.value)
        score = scoring.written(line.final)
        now = (line.rank, score, outcome)
        was = (old.rank, None if old.score is None else f"{old.score:.4f}", old.outcome)
        if now != was:
            changes.append({
                "decision": old.pk, "rank": [was[0], now[0]], "score": [was[1], now[1]],
                "outcome": [str(was[2]), str(now[2])], "cause": str(cause), "of": of,
            })  # fmt: skip
    return changes


def losses_of(selection: Selection) -> list[Loss]:
    """The places that are no longer carried by the sheets that are left, the best first.

    Only of applications of which a sheet stopped counting because of a conflict known late, and whose
    own score fell by it; whom others overtake loses nothing. An exception never rested on the sheets.
    Raises UnusableSheets.
    """
    shaken = queries.shaken_by_conflict(selection)
    if not shaken:
        return []
    return [
        Loss(old, Outcome(new.outcome.value), Cause(new.cause.value), new.of)
        for old, line, new in _renewed(selection)
        if old.application_id in shaken
        and old.cause not in (Cause.EXCEPTION, Cause.GAVE_UP)
        and old.score is not None
        and Decimal(scoring.written(line.final)) < old.score
        and _fall(old, new) > 0
    ]


def _renewed(
    selection: Selection,
) -> Iterator[tuple[Decision, scoring.Ranked, scoring.Ranked]]:
    """Each decision with its line among all, and among those who have not given up."""
    entries, rules, places = entries_of(selection), rules_of(selection), places_of(selection)
    decisions = {
        str(decision.application.item.pk): decision
        for decision in queries.decisions_of(selection).select_related("application__item")
    }
    gone = {name for name, decision in decisions.items() if decision.outcome == Outcome.WITHDRAWN}
    ranking = scoring.rank(entries, rules, places)
    staying = scoring.rank([entry for entry in entries if entry.id not in gone], rules, places)
    outcomes = {line.id: line for line in staying.lines}
    for line in ranking.lines:
        yield decisions[line.id], line, outcomes.get(line.id, line)


def _fall(old: Decision, new: scoring.Ranked) -> int:
    """How far a result falls; below nought where it rises, nought for what was given up."""
    if old.outcome == Outcome.WITHDRAWN:
        return 0
    return _STANDING.index(Outcome(old.outcome)) - _STANDING.index(Outcome(new.outcome.value))


def fits_of(items: Sequence[Item], reviewers: Sequence[Reviewer]) -> dict[tuple[str, str], int]:
    """How well reviewers and applications go together by words and meaning, in thousandths.

    Of a reviewer their field is read, and what they did: projects, patents, papers.
    """
    documents = {
        str(pk): matching.Document(str(pk), text[:200], text)
        for pk, text in queries.words_known(reviewers).items()
        if text
    }
    if not documents:
        return {}
    rows = matching.rows_of(list(documents.values()))
    embedder, lexicon = lookup.embedder(), lookup.lexicon()
    index = matching.MemoryIndex(rows, embedder.embed_passages([row.text for row in rows]))
    fits = {}
    for item in items:
        asked = matching.Document(str(item.pk), *_text_of(item))
        query, hits = matching.ask(asked, lexicon, embedder, index)
        for suggestion in matching.rank(query, hits, documents, top=len(documents)):
            best = max(suggestion.facets.values(), default=0.0)
            fits[suggestion.id, str(item.pk)] = round(FIT_UNIT * max(0.0, min(1.0, best)))
    return fits


def shared_words(item: Item, reviewer: Reviewer) -> list[str]:
    """The words that an application and what a reviewer knows or did have in common, as they stand there."""
    own = {word.term for word in matching.words_of(queries.words_known([reviewer])[reviewer.pk])}
    text = _text_of(item)[1]
    words = [word for word in matching.words_of(text) if word.term in own]
    return list(dict.fromkeys(text[word.start : word.end] for word in words))


def _text_of(item: Item) -> tuple[str, str]:
    content: dict[str, Any] = item.submission.content or {}
    answers = "\n".join(answer["text"] for answer in content.get("answers", ()))
    return content.get("project", {}).get("title", ""), answers


def kinds_of(reviewer: Reviewer) -> frozenset[str]:
    """The kinds of expertise that somebody stands for."""
    return frozenset(kind.strip() for kind in reviewer.kinds.split(",") if kind.strip())


def instance_of(
    items: Sequence[Item], reviewers: Sequence[Reviewer], conflicts: Iterable[Conflict],
    fitted: Sequence[Item] | None = None,
) -> assigning.Instance:  # fmt: skip
    """Items and reviewers with their fits, all or of those `fitted` alone, and conflicts."""
    known = {reviewer.pk for reviewer in reviewers}
    item_of = {item.application_id: str(item.pk) for item in items}
    return assigning.Instance(
        tuple(
            assigning.Reviewer(
                str(reviewer.pk),
                kinds=kinds_of(reviewer),
            )
            for reviewer in reviewers
        ),
        tuple(assigning.Application(str(item.pk), 0) for item in items),
        fits_of(items if fitted is None else fitted, reviewers),
        frozenset(
            (str(conflict.reviewer_id), item_of[conflict.application_id])
            for conflict in conflicts
            if conflict.reviewer_id in known and conflict.application_id in item_of
        ),
    )


def order_of_day(
    panel: Panel, starts_at: datetime, pause_after: int, pause_minutes: int
) -> list[tuple[Item, datetime]] | None:
    """When each item of a panel is presented; None where a firm would be before two panels at once.

    Challenge by challenge, by number, unless a firm presents elsewhere at that time.
    """
    presented = panel.items.select_related("application__organisation", "application__challenge")
    items = sorted(
        presented, key=lambda item: (item.application.challenge_id or 0, item.application.number)
    )
    busy = queries.presented_elsewhere(panel, items)
    length, count = timedelta(minutes=panel.minutes_each), len(items) + sum(map(len, busy.values()))
    pauses = [slot // pause_after if pause_after else 0 for slot in range(count)]
    times = [
        starts_at + slot * length + timedelta(minutes=pause_minutes) * pauses[slot]
        for slot in range(count)
    ]
    free = {
        item.pk: frozenset(
            slot for slot, time in enumerate(times)
            if all(time + length <= first or time >= last for first, last in busy[item.pk])
        )
        for item in items
    }  # fmt: skip
    slots = _in_this_order([item.pk for item in items], free, count)
    by_pk = {item.pk: item for item in items}
    if slots is None:
        return None
    return [
        (by_pk[pk], times[slot])
        for pk, slot in sorted(slots.items(), key=lambda pk_and_slot: pk_and_slot[1])
    ]


def _in_this_order(
    order: Sequence[int], free: Mapping[int, frozenset[int]], count: int
) -> dict[int, int] | None:
    """The slot of each: the shortest day on which nobody is at two places, as near to the order."""
    days = (_day(order, free, slots) for slots in range(len(order), count + 1))
    fair = next((day for day in days if not scheduling.solve(day).unplaced), None)
    if fair is None:
        return None
    plain = [scheduling.Meeting("panel", str(pk), slot, 0) for slot, pk in enumerate(order)]
    if not scheduling.check(fair, plain):
        return {pk: slot for slot, pk in enumerate(order)}
    locked: list[scheduling.Lock] = []
    left = list(order)
    for slot in range(fair.slots):
        for pk in [item_pk for item_pk in left if slot in free[item_pk]]:
            tried = replace(fair, locked=(*locked, scheduling.Lock("panel", str(pk), slot, 0)))
            if not scheduling.solve(tried).unplaced:
                locked.append(tried.locked[-1])
                left.remove(pk)
                break
    return {int(lock.supply): lock.slot for lock in locked}


def _day(order: Sequence[int], free: Mapping[int, frozenset[int]], slots: int) -> scheduling.Fair:
    """A day of so many slots on which the panel sees each of them once."""
    demand, supply = scheduling.Side.DEMAND, scheduling.Side.SUPPLY
    people = (
        scheduling.Participant("panel", demand),
        *(
            scheduling.Participant(str(pk), supply, available=free[pk] & frozenset(range(slots)))
            for pk in order
        ),
    )
    asked = tuple(scheduling.Request("panel", str(pk), 1) for pk in order)
    return scheduling.Fair(slots, 1, people, asked)


def newcomer_for(member: Member, on: date) -> Reviewer | None:
    """Who fits best in the place of a member, no other seat changed; None if there is nobody.

    Whoever is away before the panel's term is over is not asked, nor who is in conflict with what too
    few could judge otherwise; the kinds of expertise that the panel was formed with stay on it.
    """
    panel = member.panel
    selection = panel.selection
    # On a panel across all panels sit members of these alone, whom `seated_in` has besides.
    items = list(selection.items.filter(panel__isnull=False).select_related("submission"))
    gone = {seat.reviewer_id for seat in queries.seats_left(selection)}
    if queries.judges_one_again(panel):
        judged = [queries.all_judges_of(item.application) for item in panel.items.all()]
        here = {seat.reviewer_id for seat in panel.members.all()}
        gone |= set().union(*judged) - here
    fewest = queries.rules_of(selection).fewest_present
    short = [
        item
        for item in panel.items.all()
        if sum(seat.pk != member.pk for seat in queries.readers_of(item)) < fewest
    ]
    gone |= set(queries.conflicts_of(short).values_list("reviewer", flat=True))
    until = max(on, localdate(panel.due_at))
    is_across = queries.judges_across(panel)
    free = () if is_across else queries.free_reviewers(selection, on, panel.items.count(), until)
    known = {reviewer.pk: reviewer for reviewer in [*queries.seated_in(selection), *free]}
    reviewers = [reviewer for pk, reviewer in known.items() if pk not in gone]
    instance = instance_of(items, reviewers, queries.conflicts_of(items))
    seats, before = seats_with(selection, instance, member)
    try:
        after = assigning.adjust(seats, before).reviewers_of[str(panel.pk)]
    except assigning.Impossible:
        return None
    [newcomer] = set(after) - set(before[str(panel.pk)])
    return known[int(newcomer)]


def _met(needs: Mapping[str, int], seated: Iterable[Reviewer]) -> dict[str, int]:
    """What of the needs of a panel that stays as it is its members meet."""
    there = Counter(kind for reviewer in seated for kind in kinds_of(reviewer))
    return {kind: min(count, there[kind]) for kind, count in needs.items()}


def seats_with(
    selection: Selection, instance: assigning.Instance, leaver: Member
) -> tuple[assigning.Instance, dict[str, tuple[str, ...]]]:
    """The open panels as things to be read by so many, the leaver gone, and who sits where before."""
    before: dict[str, tuple[str, ...]] = {}
    applications, fit = [], Counter[tuple[str, str]]()
    for panel in selection.panels.exclude(stage=PanelStage.CLOSED):
        batch = {str(pk) for pk in panel.items.values_list("pk", flat=True)}
        seated = (
            panel.members.exclude(stage=MemberStage.LEFT).select_related("reviewer").order_by("pk")
        )
        before[str(panel.pk)] = tuple(str(member.reviewer_id) for member in seated)
        present = [member.reviewer for member in seated if member.pk != leaver.pk]
        is_left = panel.pk == leaver.panel_id
        needs = panel.needs if is_left else _met(panel.needs, present)
        applications.append(assigning.Application(str(panel.pk), len(seated), needs))
        for (reviewer, item), value in instance.fit.items():
            if item in batch:
                fit[reviewer, str(panel.pk)] += value
        for reviewer, item in instance.conflicts:
            if item in batch:
                fit[reviewer, str(panel.pk)] -= FIT_UNIT
    seats = replace(
        instance,
        reviewers=tuple(
            replace(reviewer, max=1)
            for reviewer in instance.reviewers
            if reviewer.id != str(leaver.reviewer_id)
        ),
        applications=tuple(applications),
        fit=dict(fit),
        conflicts=frozenset(),
    )
    return replace(
        seats,
        fit={pair: value for pair, value in fit.items() if pair[0] != str(leaver.reviewer_id)},
    ), before
