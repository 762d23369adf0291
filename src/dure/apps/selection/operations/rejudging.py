"""Another panel judges again: across all panels, or after an objection that was upheld."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.kinds import Again
from dure.apps.selection.models import (
    Item,
    Member,
    Objection,
    Panel,
    Reevaluation,
    Reviewer,
    Selection,
)
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.operations.seating import ask
from dure.apps.selection.reasons import Reason
from dure.engines import scoring
from dure.engines.scoring import UnusableSheets, written
from dure.foundation.verdict import Refused


@transaction.atomic
def judge_across(
    *, selection: Selection, reviewers: Collection[Reviewer], due_at: datetime, by: User,
    at: datetime,
) -> Panel:  # fmt: skip
    """Judge the applications around the cut again across panels, as the rule set says.

    The best so many per cent of the places are fixed, those after them up to another share are
    judged again by members of all panels, the rest stays behind them. Raises Refused.
    """
    selection = locked(selection)
    permissions.may_judge_across(by, selection).require()
    ranking = _ranking(selection)
    fixed, again = adapter.judged_again_of(selection, ranking)
    if not again:
        raise Refused(Reason.NOTHING_CHANGED)
    items = {str(item.pk): item for item in selection.items.filter(panel__isnull=False)}
    for name, item in items.items():
        item.tier = 0 if name in fixed else 1 if name in again else 2
        item.save(update_fields=["tier"])
    chosen = set(queries.seated_in(selection).values_list("pk", flat=True))
    if not {reviewer.pk for reviewer in reviewers} <= chosen:
        raise Refused(Reason.PANEL_WRONG)
    panel = _second_panel(selection, [items[name] for name in again], reviewers, due_at, at)
    _keep(panel, [items[name] for name in again], ranking, Again.ACROSS, by, at)
    return panel


@transaction.atomic
def judge_again(
    *, objection: Objection, reviewers: Collection[Reviewer], due_at: datetime, by: User,
    at: datetime,
) -> Panel:  # fmt: skip
    """Let a second panel judge what an objection that was upheld is about. Raises Refused."""
    selection = locked(objection.decision.selection)
    objection = Objection.objects.select_for_update(of=("self",)).select_related("decision").get(
        pk=objection.pk
    )  # fmt: skip
    permissions.may_judge_again(by, objection).require()
    item = Item.objects.select_for_update(of=("self",)).select_related("application").get(
        application=objection.decision.application_id
    )  # fmt: skip
    return _judged_anew(
        selection, item, reviewers, due_at, by, at, why=Again.OBJECTION, objection=objection
    )


@transaction.atomic
def judge_for_conflict(
    *, item: Item, reviewers: Collection[Reviewer], due_at: datetime, by: User, at: datetime
) -> Panel:
    """Let another panel judge a decided application of which a sheet stopped counting.

    Where a conflict that became known after the decision left too few sheets, or left none that the
    office would rest a result on. Raises Refused.
    """
    selection = locked(item.selection)
    item = Item.objects.select_for_update(of=("self",)).select_related("application").get(
        pk=item.pk
    )  # fmt: skip
    item.selection = selection
    permissions.may_judge_for_conflict(by, item).require()
    return _judged_anew(selection, item, reviewers, due_at, by, at, why=Again.CONFLICT)


def _judged_anew(
    selection: Selection, item: Item, reviewers: Collection[Reviewer], due_at: datetime, by: User,
    at: datetime, *, why: Again, objection: Objection | None = None,
) -> Panel:  # fmt: skip
    """Give a decided item to a panel of none who judged it; what it had stands with why."""
    if not set(reviewers) <= set(queries.second_judges(item.application, localdate(at))):
        raise Refused(Reason.PANEL_WRONG)
    decision, before = item.application.decision, item.panel
    if queries.was_judged_across(selection):
        # What was fixed or left behind by other sheets is compared with what was judged again.
        item.tier = 1
    panel = _second_panel(selection, [item], reviewers, due_at, at)
    Reevaluation.objects.create(
        item=item, panel=panel, before=before, why=why, objection=objection, rank=decision.rank,
        score=decision.score, outcome=decision.outcome, begun_by=by, begun_at=at,
    )  # fmt: skip
    return panel


def _ranking(selection: Selection) -> scoring.Ranking:
    try:
        return adapter.ranking_of(selection)
    except UnusableSheets as error:
        raise Refused(Reason.SHEETS_UNUSABLE) from error


def _second_panel(
    selection: Selection, items: Iterable[Item], reviewers: Collection[Reviewer],
    due_at: datetime, at: datetime,
) -> Panel:  # fmt: skip
    """A further panel to which the items go; enough of it must be without a conflict with each."""
    panel = Panel.objects.create(
        selection=selection, name=f"{selection.panels.count() + 1}", due_at=due_at
    )
    Member.objects.bulk_create(Member(panel=panel, reviewer=reviewer) for reviewer in reviewers)
    fewest = queries.rules_of(selection).fewest_present
    for item in items:
        item.panel, item.presents_at = panel, None
        item.save(update_fields=["panel", "presents_at", "tier"])
        if len(queries.readers_of(item)) < fewest:
            raise Refused(Reason.TOO_FEW)
    ask(panel, list(panel.members.select_related("reviewer__user")), at)
    return panel


def _keep(
    panel: Panel, items: Iterable[Item], ranking: scoring.Ranking, why: Again, by: User,
    at: datetime,
) -> None:  # fmt: skip
    lines = {line.id: line for line in ranking.lines}
    old = {line.id: line.panel for line in ranking.lines}
    panels = {str(other): other for other in panel.selection.panels.all()}
    Reevaluation.objects.bulk_create(
        Reevaluation(
            item=item, panel=panel, before=panels[old[str(item.pk)]], why=why,
            rank=lines[str(item.pk)].rank, score=Decimal(written(lines[str(item.pk)].final)),
            outcome=lines[str(item.pk)].outcome.value, begun_by=by, begun_at=at,
        )
        for item in items
    )  # fmt: skip
