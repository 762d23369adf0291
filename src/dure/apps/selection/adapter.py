"""Rows of a selection as values of the engines: scoring, assigning, matching."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dure.apps.selection import queries
from dure.apps.selection.models import Conflict, Item, Member, Panel, Reviewer, Selection
from dure.apps.selection.stages import ItemStage, MemberStage
from dure.engines import assigning, matching, scoring
from dure.foundation import lookup

FIT_UNIT = 1000


def rules_of(
    selection: Selection, weights: Mapping[str, int] | None = None, pass_score: int | None = None
) -> scoring.Rules:
    """How the sheets of a selection are counted; with other weights or pass score for a what-if."""
    points = queries.programme_points(selection)
    criteria = tuple(
        scoring.Criterion(
            one.id,
            Fraction((weights or {}).get(one.id, one.weight)),
            Fraction(one.minimum * 100, one.weight) if one.minimum else None,
        )
        for one in queries.criteria_of(selection)
    )
    least = points.pass_score if pass_score is None else pass_score
    return queries.rules_of(selection).scoring(criteria, least, points.most_bonus)


def places_of(selection: Selection, selected: int | None = None) -> scoring.Places:
    """The places of a selection, or so many for a what-if."""
    most = selection.most_of_a_challenge
    challenges = selection.items.order_by().values_list("application__challenge", flat=True)
    quotas = tuple(
        scoring.Quota("challenge", str(pk), most=most)
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
    found = list(items.select_related("application__organisation", "panel"))
    sheets: dict[int, list[scoring.Sheet]] = {item.pk: [] for item in found}
    for sheet in queries.final_sheets(found):
        sheets[sheet.item_id].append(
            scoring.Sheet(
                str(sheet.member_id),
                {name: Fraction(mark) for name, mark in sheet.marks.items()},
                frozenset(sheet.failed),
            )
        )
    return [
        scoring.Entry(
            id=str(item.pk),
            sheets=tuple(sheets[item.pk]),
            panel=str(item.panel),
            bonus=Fraction(item.bonus),
            penalty=Fraction(item.penalty),
            belongs={
                "region": item.application.organisation.region,
                "challenge": str(item.application.challenge_id),
            },
        )
        for item in found
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


def fits_of(items: Sequence[Item], reviewers: Sequence[Reviewer]) -> dict[tuple[str, str], int]:
    """How well reviewers and applications go together by words and meaning, in thousandths."""
    documents = {
        str(each.pk): matching.Document(str(each.pk), each.fields[:200], each.fields)
        for each in reviewers
        if each.fields
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
        for found in matching.rank(query, hits, documents, top=len(documents)):
            best = max(found.facets.values(), default=0.0)
            fits[found.id, str(item.pk)] = round(FIT_UNIT * max(0.0, min(1.0, best)))
    return fits


def shared_words(item: Item, reviewer: Reviewer) -> list[str]:
    """The words that an application and what a reviewer knows have in common."""
    own = {word.text for word in matching.words_of(reviewer.fields)}
    return list(
        dict.fromkeys(w.text for w in matching.words_of(_text_of(item)[1]) if w.text in own)
    )


def _text_of(item: Item) -> tuple[str, str]:
    content: dict[str, Any] = item.submission.content or {}
    answers = "\n".join(each["text"] for each in content.get("answers", ()))
    return content.get("project", {}).get("title", ""), answers


def instance_of(
    items: Sequence[Item], reviewers: Sequence[Reviewer], conflicts: Iterable[Conflict]
) -> assigning.Instance:
    """Items and reviewers with their fits and conflicts, for forming panels."""
    known = {each.pk for each in reviewers}
    item_of = {item.application_id: str(item.pk) for item in items}
    return assigning.Instance(
        tuple(
            assigning.Reviewer(
                str(each.pk),
                kinds=frozenset(kind.strip() for kind in each.kinds.split(",") if kind.strip()),
            )
            for each in reviewers
        ),
        tuple(assigning.Application(str(item.pk), 0) for item in items),
        fits_of(items, reviewers),
        frozenset(
            (str(each.reviewer_id), item_of[each.application_id])
            for each in conflicts
            if each.reviewer_id in known and each.application_id in item_of
        ),
    )


def seats_with(
    selection: Selection, instance: assigning.Instance, leaver: Member
) -> tuple[assigning.Instance, dict[str, tuple[str, ...]]]:
    """Panels as things to be read by so many, the leaver gone, and who sits where before."""
    before: dict[str, tuple[str, ...]] = {}
    applications, fit = [], Counter[tuple[str, str]]()
    for panel in selection.panels.all():
        batch = {str(pk) for pk in panel.items.values_list("pk", flat=True)}
        seated = panel.members.exclude(stage=MemberStage.LEFT).order_by("pk")
        before[str(panel.pk)] = tuple(str(each.reviewer_id) for each in seated)
        applications.append(assigning.Application(str(panel.pk), len(before[str(panel.pk)])))
        for (reviewer, item), value in instance.fit.items():
            if item in batch:
                fit[reviewer, str(panel.pk)] += value
        for reviewer, item in instance.conflicts:
            if item in batch:
                fit[reviewer, str(panel.pk)] -= FIT_UNIT
    seats = replace(
        instance,
        reviewers=tuple(
            replace(one, max=1) for one in instance.reviewers if one.id != str(leaver.reviewer_id)
        ),
        applications=tuple(applications),
        fit=dict(fit),
        conflicts=frozenset(),
    )
    return replace(
        seats,
        fit={pair: value for pair, value in fit.items() if pair[0] != str(leaver.reviewer_id)},
    ), before
