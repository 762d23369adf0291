from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DepositsConfig(AppConfig):
    name = "dure.apps.deposits"
    label = "deposits"
    verbose_name = _("Technology deposits")
