"""Whom a role opens outcomes to."""

from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads every outcome, beside the two organisations that it concerns."""
