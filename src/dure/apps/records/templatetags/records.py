"""What is recorded of a thing, on the pages of other apps: `{% load records %}{% sealed_record "nda" nda.pk %}`."""

from typing import Any

from django import template

from dure.apps.records.permissions import may_prove
from dure.apps.records.presenters import in_words
from dure.apps.records.queries import entries_about

register = template.Library()
SHOWN = 20


@register.inclusion_tag("records/_panel.html", takes_context=True)
def sealed_record(context: template.Context, name: str, pk: int) -> dict[str, Any]:
    """The entries about `name:pk`, each with its proof for those whom it is about."""
    reader = context["request"].user
    return {
        "rows": [
            in_words(entry) | {"may_prove": bool(may_prove(reader, entry))}
            for entry in entries_about(f"{name}:{pk}")[:SHOWN]
        ]
    }
