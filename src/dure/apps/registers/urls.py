"""The addresses of facts from registers."""

from django.urls import path

from dure.apps.registers import views

app_name = "registers"
prefix = "registers/"

urlpatterns = [
    path("", views.facts, name="facts"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("import/", views.import_page, name="import"),
    path("import/template/", views.import_template, name="import_template"),
    path("import/upload/", views.upload, name="upload"),
    path("import/<uuid:pk>/", views.import_job, name="import_job"),
    path("import/<uuid:pk>/confirm/", views.confirm, name="confirm"),
]
