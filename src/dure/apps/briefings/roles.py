"""Whom a role opens briefing sessions and stories to."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads who took which seat, and stories before they are published."""
