from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "dure.apps.records"
    label = "records"
    verbose_name = _("Records of trust")

    def ready(self) -> None:
        """Register the periodic job of this app."""
        from dure.apps.records import tasks  # noqa: F401, PLC0415 -- models must be ready first
