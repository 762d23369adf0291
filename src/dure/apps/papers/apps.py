from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "dure.apps.papers"
    label = "papers"
    verbose_name = _("Document box")
