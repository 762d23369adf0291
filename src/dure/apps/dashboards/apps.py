from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "dure.apps.dashboards"
    label = "dashboards"
    verbose_name = _("Start pages")

    def ready(self) -> None:
        """Begin to listen."""
        from dure.apps.dashboards import receivers  # noqa: F401, PLC0415 -- models must be loaded
