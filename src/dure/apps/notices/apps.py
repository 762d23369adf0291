from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "dure.apps.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Begin to listen."""
        from dure.apps.notices import receivers  # noqa: F401, PLC0415 -- models must be loaded
