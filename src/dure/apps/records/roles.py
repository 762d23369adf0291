"""Whom a role shows how the sealed record stands; entries and proofs it shows to nobody."""

from dure.apps.people.roles import Role

READERS = (Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR)
"""Who sees how long the record is, its checkpoints, and what checks of it found."""
