"""Whom a role opens needs and technologies to."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads every need and technology at every stage, with its details and its history."""
