"""Whom a role opens requests to."""

from dure.apps.people.roles import OFFICE, Role

READS = {"centre": Role.CENTRE_OFFICER, "auditor": Role.AUDITOR}
"""What a service's file says under `reads`; the office runs all of them."""

ACTING = (Role.COORDINATOR,)
"""Who may ask for members of exchange groups, beside the groups' own officers."""

__all__ = ["ACTING", "OFFICE", "READS"]
