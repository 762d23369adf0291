"""Whom a role opens funds, savings and vouchers to.

Investor, guarantor, operating institution and saver are no roles of the platform: they are what an
organisation or person is in one scheme, and its people read and do what belongs to it.
"""

from dure.apps.people.roles import OFFICE, Role

READERS = (*OFFICE, Role.AUDITOR)
"""Who reads every scheme with all its stakes."""
