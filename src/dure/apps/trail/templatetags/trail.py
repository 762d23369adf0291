"""The history of a record in a template: `{% load trail %}{% history_of thing as history %}`.

Show it only to whom the view has allowed it; the tags themselves ask nobody.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model

from dure.apps.trail import presenters, queries

register = template.Library()
register.filter("in_words", presenters.in_words)


@register.simple_tag
def history_of(thing: Model, limit: int = 30) -> Iterable[dict[str, Any]]:
    """The last changes of `thing` in the shape of the history component, newest first.

    What was entered at the beginning is not repeated field by field.
    """
    changes = presenters.in_words(queries.history_of(thing, limit=limit))
    return [{**change, "changes": []} if change["is_new"] else change for change in changes]
