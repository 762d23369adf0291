"""Versions of the signals' parameters, and what was judged, to measure them by."""

from django.db.models import QuerySet

from dure.apps.people.queries import Reader
from dure.apps.screening.models import Question, RuleSet
from dure.apps.screening.queries.cases import is_auditor


def rules_visible_to(user: Reader) -> QuerySet[RuleSet]:
    """Thresholds stay with auditors: who knows them can stay below."""
    rule_sets = RuleSet.objects.select_related("drafted_by", "released_by")
    return rule_sets if is_auditor(user) else rule_sets.none()


def rules_in_force() -> RuleSet | None:
    """The version that was released last."""
    return RuleSet.objects.exclude(number=None).order_by("-number").first()


def draft_of_rules() -> RuleSet | None:
    """The version that is being written."""
    return RuleSet.objects.filter(number=None).first()


def judged_rows() -> dict[str, set[tuple[str, str]]]:
    """By verdict the questions with their rows as ledgers number them."""
    by_verdict: dict[str, set[tuple[str, str]]] = {}
    rows = Question.objects.exclude(verdict="").values_list("verdict", "pk", "expenses")
    for verdict, question, expense in rows:
        if expense is not None:
            by_verdict.setdefault(verdict, set()).add((str(question), f"e{expense}"))
    return by_verdict
