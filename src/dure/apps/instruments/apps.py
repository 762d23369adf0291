from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    name = "dure.apps.instruments"
    label = "instruments"
    verbose_name = _("Funds, savings and vouchers")
