"""The role of those who broker deals, and whom a role opens deals to."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.roles import OFFICE, RoleChoices
from dure.apps.people.roles import Role as PlatformRole


class Role(RoleChoices):
    """Who brokers."""

    BROKER = (
        "BROKER",
        _("Judges requests for technology, proposes entrusted technologies, looks after deals."),
        _("Technology broker"),
    )


BROKERS = (*OFFICE, Role.BROKER)
"""Who judges and proposes."""
READERS = (*BROKERS, PlatformRole.AUDITOR)
"""Who reads every deal, beside the organisations that it concerns."""
