"""Conflicts of interest in words: what ties, with whom, and since when."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.selection import queries
from dure.apps.selection.models import Conflict, PossibleConflict, Selection


def conflicts(
    selection: Selection, found: Iterable[Conflict | PossibleConflict]
) -> list[dict[str, Any]]:
    """Each with the name of its kind by the rule set, and its days as far as they are known."""
    language = get_language() or "ko"
    names = {
        rule.id: rule.name.in_language(language) for rule in queries.kinds_of_conflict(selection)
    }
    return [
        {
            "conflict": each,
            "kind": names.get(each.kind) or _("The same person or organisation"),
            "days": _days(each),
        }
        for each in found
    ]


def possible_conflicts(
    selection: Selection, found: Iterable[PossibleConflict]
) -> list[dict[str, Any]]:
    """Each with its kind in words, its days, and the works of the reviewer that name the person."""
    named = conflicts(selection, found)
    return [
        {**each, "works": queries.works_naming(each["conflict"].reviewer, each["conflict"].party)}
        for each in named
    ]


def _days(conflict: Conflict | PossibleConflict) -> str:
    if conflict.since is None and conflict.until is None:
        return ""
    return f"{conflict.since or ''} – {conflict.until or ''}".strip()
