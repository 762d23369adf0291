"""Whom a role opens consultations to."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads every agenda, who asked at the desk, what came of each meeting, and the report."""
