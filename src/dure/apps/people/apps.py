from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "dure.apps.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Begin to listen; look at the roles of all apps before the platform starts."""
        from dure.apps.people import receivers  # noqa: F401, PLC0415 -- models must be loaded
        from dure.apps.people.checks import check_roles  # noqa: PLC0415 -- models first

        checks.register(check_roles)
