"""Who runs international exchange, and whom a role opens it to."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.roles import OFFICE, RoleChoices
from dure.apps.people.roles import Role as PlatformRole


class Role(RoleChoices):
    """Who runs exchange."""

    EXCHANGE_OFFICER = (
        "EXCHANGE_OFFICER",
        _(
            "Runs exchange meetings with other countries: partners, selection, consultations,"
            " interpreters, requests, translations."
        ),
        _("Exchange officer"),
    )


RUNNERS = (*OFFICE, Role.EXCHANGE_OFFICER)
"""Who runs it."""
READERS = (*RUNNERS, PlatformRole.AUDITOR)
"""Who reads all of it, beside the organisations that it concerns."""
