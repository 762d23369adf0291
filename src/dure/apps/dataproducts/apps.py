from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DataProductsConfig(AppConfig):
    name = "dure.apps.dataproducts"
    label = "dataproducts"
    verbose_name = _("Data trade")
