from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NdasConfig(AppConfig):
    name = "dure.apps.ndas"
    label = "ndas"
    verbose_name = _("Non-disclosure agreements")
