from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NdasConfig(AppConfig):
    name = "dure.apps.ndas"
    label = "ndas"
    verbose_name = _("Non-disclosure agreements")

    def ready(self) -> None:
        """Register the periodic job of this app."""
        from dure.apps.ndas import tasks  # noqa: F401, PLC0415 -- models must be ready first
