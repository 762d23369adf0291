"""How an agreement stands, on the pages of other apps: `{% load ndas %}{{ nda|standing }}`."""

from django import template
from django.utils import timezone

from dure.apps.ndas.models import Nda

register = template.Library()


@register.filter
def roles(nda: Nda) -> str:
    """In a word, now: in force, run out, not signed in time …"""
    return nda.roles(timezone.now()).label
