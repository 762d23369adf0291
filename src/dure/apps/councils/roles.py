"""The role of those who keep a council's papers. No other role opens a secret model."""

from django.utils.translation import gettext_lazy as _

from dure.apps.people.roles import RoleChoices


class Role(RoleChoices):
    """Who runs councils."""

    COUNCIL_SECRETARY = (
        "COUNCIL_SECRETARY",
        _("Calls meetings of councils, keeps their papers and minutes, opens and closes votes."),
        _("Council secretary"),
    )
