from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "dure.apps.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Begin to listen."""
        from dure.apps.people import receivers  # noqa: F401, PLC0415 -- models must be loaded
