"""Selections, and the rules by which each goes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dure.apps.applications.models import Opening, Submission
from dure.apps.calls.models import Call, Round
from dure.apps.calls.queries import asked, day_of, programme_of
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.people.roles import Role
from dure.apps.selection.models import Selection
from dure.apps.selection.stages import PanelStage
from dure.engines import conflicts
from dure.foundation import programmes


@dataclass(frozen=True, slots=True)
class Points:
    """What a programme says of scores: the least that passes, and the most bonus that counts."""

    pass_score: int | None
    most_bonus: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an application asks for: the government's money in won, and its months."""

    won: int
    months: int


def selections_visible_to(user: Reader) -> QuerySet[Selection]:
    """All of them for the office and auditors, none for others."""
    selections = Selection.objects.select_related("call__version__programme", "round").annotate(
        count=Count("items")
    )
    may_read = is_office(user) or roles_of(user).holds([Role.AUDITOR])
    return selections if may_read else selections.none()


def all_selections() -> QuerySet[Selection]:
    """Every selection: for pages that ask `permissions` what of it is open."""
    return Selection.objects.select_related("call__version__programme", "round")


def openings_to_begin(user: Reader) -> QuerySet[Opening]:
    """The calls and rounds that are opened and whose selection has not begun, for the office."""
    if not is_office(user):
        return Opening.objects.none()
    begun = Selection.objects.filter(call=OuterRef("call"))
    opened = Opening.objects.filter(opened_at__isnull=False, dropped_at=None, count__gt=0)
    return (
        opened.filter(~Exists(begun.filter(round=OuterRef("round"))))
        .exclude(Q(round=None) & Exists(begun.filter(round=None)))
        .select_related("call", "round")
        .order_by("opened_at", "pk")
    )


def is_opened(call: Call, within: Round | None) -> bool:
    """Whether the applications of a call, or of a round of it, are opened."""
    return call.openings.filter(round=within, opened_at__isnull=False).exists()


def has_begun(call: Call, within: Round | None) -> bool:
    """Whether there is a selection of a call, or of a round of it."""
    return Selection.objects.filter(call=call, round=within).exists()


def is_scoring(selection: Selection) -> bool:
    """Whether a panel still scores: until then nobody reads sheets of others, the office neither."""
    return selection.panels.filter(stage=PanelStage.SCORING).exists()


def rules_of(selection: Selection) -> programmes.SelectionRules:
    """The rule set by which a selection goes."""
    selection_rules: programmes.SelectionRules = programmes.rule_sets().rule_set(
        "selection", selection.rules, selection.on
    )
    return selection_rules


def policy_of(selection: Selection) -> conflicts.Policy:
    """What is a conflict of interest in a selection."""
    return _conflict_rules(selection).policy()


def kinds_of_conflict(selection: Selection) -> list[Any]:
    """The kinds of ties that are conflicts in a selection: `id`, `name`."""
    return list(_conflict_rules(selection).rules)


def _conflict_rules(selection: Selection) -> programmes.ConflictRules:
    conflict_rules: programmes.ConflictRules = programmes.rule_sets().rule_set(
        "conflicts", selection.policy, selection.on
    )
    return conflict_rules


def reviewing_of(selection: Selection) -> programmes.Reviewing | None:
    """How the programme gives applications to reviewers of their own; None where it forms panels."""
    return programme_of(selection.call).reviewing


def criteria_of(selection: Selection) -> list[Any]:
    """The criteria of the call: `id`, `name`, `weight`, `minimum`."""
    return asked(selection.call, "criteria")


def programme_points(selection: Selection) -> Points:
    """What the programme of the call says of scores."""
    programme = programme_of(selection.call)
    shared = programmes.rule_sets().rule_set(
        "evaluation", programme.rules.evaluation, day_of(selection.call)
    )
    return Points(shared.pass_score, shared.most_bonus) if shared else Points(None, None)


def wanted(submission: Submission) -> Wanted:
    """What was asked for in a submission that was opened."""
    content = submission.content or {}
    won = sum(
        row["won"]
        for member in content.get("members", ())
        for row in member.get("money", ())
        if row.get("role") == "government"
    )
    return Wanted(won, content.get("project", {}).get("months") or 0)
