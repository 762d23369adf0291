"""Whom a role opens everybody's history to."""

from dure.apps.people.roles import Role

AUDITORS = (Role.AUDITOR, Role.ADMINISTRATOR)
"""Who reads who changed what in every record."""
