from django.apps import AppConfig

from dure.foundation.ui import panels


class UiConfig(AppConfig):
    name = "dure.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        """Learn what the apps add to each other's pages."""
        panels.autodiscover()
