from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "dure.apps.catalog"
    label = "catalog"
    verbose_name = _("Needs and technologies")

    def ready(self) -> None:
        """Register what this app's jobs do."""
        from dure.apps.catalog import tasks  # noqa: F401, PLC0415 -- models must be ready first
