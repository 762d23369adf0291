from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchesConfig(AppConfig):
    name = "dure.apps.matches"
    label = "matches"
    verbose_name = _("Matches")

    def ready(self) -> None:
        """Register what this app's jobs do and what it listens to."""
        from dure.apps.matches import receivers, tasks  # noqa: F401, PLC0415 -- models first
