from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OriginsConfig(AppConfig):
    name = "dure.apps.origins"
    label = "origins"
    verbose_name = _("Proof of origin")
