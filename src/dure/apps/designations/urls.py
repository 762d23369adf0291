"""The addresses of registers of designations."""

from django.urls import path

from dure.apps.designations.views import entries, imports

app_name = "designations"
prefix = "designations/"

urlpatterns = [
    path("", entries.registers, name="registers"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/<str:stage>/", entries.step, name="step"),
    path("import/<uuid:pk>/", imports.import_job, name="import_job"),
    path("import/<uuid:pk>/confirm/", imports.confirm_import, name="confirm_import"),
    path("<slug:slug>/", entries.register, name="register"),
    path("<slug:slug>/catalogue/", entries.catalogue, name="catalogue"),
    path("<slug:slug>/new/", entries.new, name="new"),
    path("<slug:slug>/import/", imports.import_page, name="import"),
    path("<slug:slug>/import/template/", imports.import_template, name="import_template"),
    path("<slug:slug>/import/upload/", imports.upload, name="upload"),
]
