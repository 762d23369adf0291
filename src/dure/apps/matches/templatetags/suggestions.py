"""Why a pair was suggested, for pages of higher apps: `{% load suggestions %}`."""

from django import template
from django.template import Context

from dure.apps.matches.models import Direction, Suggestion
from dure.apps.matches.presenters.cards import Found, found

register = template.Library()


@register.simple_tag(takes_context=True)
def found_by(context: Context, suggestion: Suggestion) -> Found:
    """What a suggestion found, in words for the reader; see `matches/_found_evidence.html`."""
    is_for_need = suggestion.direction == Direction.FOR_NEED
    need, technology = suggestion.need, suggestion.technology
    own, entry = (need, technology) if is_for_need else (technology, need)
    return found(
        entry=entry,
        own=own,
        rank=suggestion.rank,
        strength=suggestion.strength,
        evidence=suggestion.evidence,
        reader=context["request"].user,
    )
