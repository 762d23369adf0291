"""How an agreement stands, on the pages of other apps: `{% load ndas %}{{ nda|standing }}`."""

from django import template
from django.utils import timezone

from dure.apps.ndas.models import Nda

register = template.Library()


@register.filter
def standing(nda: Nda) -> str:
    """In a word, now: in force, run out, not signed in time …"""
    return nda.standing(timezone.now()).label


@register.filter
def particulars(nda: Nda, side: str) -> dict[str, str]:
    """Number, address and representative of a side, as it signed."""
    return nda.particulars_of(side)
