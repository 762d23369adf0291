"""Whom a role opens introductions to."""

from dure.apps.people.roles import OFFICE

READERS = OFFICE
"""Who reads every introduction and what was written in it, beside the two organisations."""
