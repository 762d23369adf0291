"""The role of those who keep the shares of a deposit's key, and whom a role opens deposits to."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.roles import OFFICE, RoleChoices
from dure.apps.people.roles import Role as PlatformRole


class Role(RoleChoices):
    """Who releases deposits, two together."""

    RELEASE_OFFICER = (
        "RELEASE_OFFICER",
        _("Keeps a share of the key of every deposit; two of them together release one."),
        _("Release officer"),
    )


READERS = (*OFFICE, PlatformRole.AUDITOR, Role.RELEASE_OFFICER)
"""Who reads that there is a deposit, of whom and until when; never what is in it."""
