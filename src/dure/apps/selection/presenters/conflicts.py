"""Conflicts of interest in words: what ties, with whom, and since when."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.selection import queries
from dure.apps.selection.models import Conflict, PossibleConflict, Selection


def conflicts(
    selection: Selection, ties: Iterable[Conflict | PossibleConflict]
) -> list[dict[str, Any]]:
    """Each with the name of its kind by the rule set, and its days as far as they are known."""
    language = get_language() or "ko"
    names = {
        rule.id: rule.name.in_language(language) for rule in queries.kinds_of_conflict(selection)
    }
    return [
        {
            "conflict": tie,
            "kind": names.get(tie.kind) or _("The same person or organisation"),
            "days": _days(tie),
        }
        for tie in ties
    ]


def possible_conflicts(
    selection: Selection, likenesses: Iterable[PossibleConflict]
) -> list[dict[str, Any]]:
    """Each with its kind in words, its days, and the works of the reviewer that name the person."""
    named = conflicts(selection, likenesses)
    return [
        {
            **conflict,
            "works": queries.works_naming(
                conflict["conflict"].reviewer, conflict["conflict"].party
            ),
        }
        for conflict in named
    ]


def _days(conflict: Conflict | PossibleConflict) -> str:
    if conflict.since is None and conflict.until is None:
        return ""
    return f"{conflict.since or ''} – {conflict.until or ''}".strip()
