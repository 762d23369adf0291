"""Whom a role opens agreements to."""

from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.AUDITOR)
"""Who reads every agreement without being a party to it."""
