from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResearchStaffConfig(AppConfig):
    name = "dure.apps.researchstaff"
    label = "researchstaff"
    verbose_name = _("Research staff")
