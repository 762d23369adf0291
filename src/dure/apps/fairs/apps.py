from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FairsConfig(AppConfig):
    name = "dure.apps.fairs"
    label = "fairs"
    verbose_name = _("Fairs")

    def ready(self) -> None:
        """Register what this app's jobs do and its pages of a fair."""
        from dure.apps.fairs import tasks  # noqa: F401, PLC0415 -- models first
        from dure.apps.fairs.presenters import tabs  # noqa: F401, PLC0415
