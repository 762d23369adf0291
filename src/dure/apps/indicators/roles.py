"""The analyst of the ministry, and whom a role opens figures and the records behind them to."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.roles import OFFICE, RoleChoices
from dure.apps.people.roles import Role as PlatformRole


class Role(RoleChoices):
    """Who answers for the figures of a plan."""

    ANALYST = (
        "ANALYST",
        _(
            "Keeps the figures of plans: measures, drafts and confirms them, and writes the reports."
        ),
        _("Ministry analyst"),
    )


WORKERS = (*OFFICE, Role.ANALYST)
"""Who drafts figures and reports, and confirms what others drafted."""

READERS = (*WORKERS, PlatformRole.AUDITOR, PlatformRole.CENTRE_OFFICER)
"""Who reads figures before they are published, and what records they are made of."""
