"""Whom a role opens registers to."""

from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who reads every entry, beside its own sides."""
