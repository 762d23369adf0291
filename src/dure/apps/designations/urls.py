"""The addresses of registers of designations."""

from django.urls import path

from dure.apps.designations.sheets import ENTRIES
from dure.apps.designations.views import entries
from dure.apps.imports.views import sheet_urls

app_name = "designations"
prefix = "designations/"

urlpatterns = [
    path("", entries.registers, name="registers"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/<str:stage>/", entries.step, name="step"),
    path("<slug:slug>/", entries.register, name="register"),
    path("<slug:slug>/catalogue/", entries.catalogue, name="catalogue"),
    path("<slug:slug>/new/", entries.new, name="new"),
    *sheet_urls(ENTRIES, "<slug:slug>/import/", jobs_at="import/"),
]
