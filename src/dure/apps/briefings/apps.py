from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingsConfig(AppConfig):
    name = "dure.apps.briefings"
    label = "briefings"
    verbose_name = _("Briefing sessions and stories")

    def ready(self) -> None:
        """Register what this app listens to and its pages of a fair."""
        from dure.apps.briefings import presenters, receivers  # noqa: F401, PLC0415 -- models first
