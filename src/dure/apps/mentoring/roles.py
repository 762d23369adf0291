"""Who looks after firms, and who reads all of it."""

from dure.apps.people.roles import OFFICE, READERS, Role

LOOKING_AFTER = (Role.COORDINATOR, *OFFICE)
"""Who may take a firm on."""

__all__ = ["LOOKING_AFTER", "OFFICE", "READERS"]
