"""Calls as CommonGrants opportunities (base specification 0.4.0): what portals elsewhere read."""

# The address of the search stands before that of one opportunity, which would take it as an id.
from dure.apps.calls.api import finding, reading

__all__ = ["finding", "reading"]
