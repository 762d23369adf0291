"""Whom a role opens suggestions, answers and bars to."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads all suggestions, what both sides answered, how good matching is, and the bars."""
