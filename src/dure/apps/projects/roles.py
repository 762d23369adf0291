"""Whom a role opens projects to."""

from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.AUDITOR)
"""Who reads every project with its money, beside those who take part and their accounting firm."""
