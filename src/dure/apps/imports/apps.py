from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "dure.apps.imports"
    label = "imports"
    verbose_name = _("Spreadsheets")

    def ready(self) -> None:
        """Register this app's periodic job."""
        from dure.apps.imports import tasks  # noqa: F401, PLC0415 -- models must be ready first
