"""The pages of fairs; those of the day and after are in `urls_day`."""

from django.urls import include, path

app_name = "fairs"

urlpatterns = [
    path("", include("dure.apps.fairs.urls_day")),
]
