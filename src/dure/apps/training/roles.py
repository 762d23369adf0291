"""Who runs courses, and who reads all of them."""

from dure.apps.people.roles import OFFICE, READERS, Role

RUNNING = (Role.COORDINATOR, *OFFICE)

__all__ = ["READERS", "RUNNING"]
