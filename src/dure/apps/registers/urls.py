"""The addresses of facts from registers."""

from django.urls import path

from dure.apps.imports.views import sheet_urls
from dure.apps.registers import views
from dure.apps.registers.sheets import FACTS

app_name = "registers"
prefix = "registers/"

urlpatterns = [
    path("", views.facts, name="facts"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    *sheet_urls(FACTS, "import/"),
]
