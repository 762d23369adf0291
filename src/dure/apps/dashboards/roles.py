"""Whom a role opens the figures of the office to."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads the lists behind the figures."""
