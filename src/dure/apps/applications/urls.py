"""The addresses of applications."""

from django.urls import path

from dure.apps.applications.views import own

app_name = "applications"
prefix = "applications/"

urlpatterns = [
    path("", own.application_list, name="list"),
    path("<int:pk>/", own.application, name="application"),
]
