"""Whom a role opens fairs to."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads every fair as its organisers do: drafts, registrations, wishes, all timetables, the desk."""
