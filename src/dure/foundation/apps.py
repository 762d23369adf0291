from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import autodiscover_modules

from dure.foundation.korean import close_particles
from dure.foundation.registry import MODULES, check_registries


class FoundationConfig(AppConfig):
    name = "dure.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Find what every app brings of its own."""
        close_particles()
        autodiscover_modules(*MODULES)
        register(check_registries)
