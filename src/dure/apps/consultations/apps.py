from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "dure.apps.consultations"
    label = "consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Register this app's periodic job and its pages of a fair."""
        from dure.apps.consultations import tasks  # noqa: F401, PLC0415 -- models first
        from dure.apps.consultations.presenters import tabs  # noqa: F401, PLC0415
