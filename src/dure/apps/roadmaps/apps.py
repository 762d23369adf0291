from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RoadmapsConfig(AppConfig):
    name = "dure.apps.roadmaps"
    label = "roadmaps"
    verbose_name = _("Technology roadmaps")

    def ready(self) -> None:
        """Find what each app says it keeps under a branch (`branch_uses.py`)."""
        autodiscover_modules("branch_uses")
