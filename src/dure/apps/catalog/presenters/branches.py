"""The branches of roadmaps that a form offers."""

from typing import Any

from dure.apps.catalog.adapter.branches import suggested
from dure.apps.roadmaps.queries import branches, with_words
from dure.foundation.parsing import row_id

SEARCHED, SUGGESTED = 12, 5


def branch_choices(text: str, *, words: str = "", chosen: str = "") -> dict[str, Any]:
    """The branches searched for, or else those that fit the text; the chosen one comes first."""
    offered = list(with_words(words)[:SEARCHED]) if words else suggested(text, limit=SUGGESTED)
    known = branches().select_related("roadmap", "parent__parent")
    own = known.filter(pk=row_id(chosen)).first()
    if own:
        offered = [own, *(word for word in offered if word != own)]
    return {"branches": offered, "chosen": own.pk if own else None}
