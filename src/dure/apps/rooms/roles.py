"""Whom a role opens bookings to. No role opens a room: what is in it is of its two sides alone."""

from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.CENTRE_OFFICER, Role.AUDITOR)
"""Who sees who booked which room at which place."""
