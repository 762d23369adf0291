"""The address of large uploads."""

from django.urls import path

from dure.apps.uploads import views

app_name = "uploads"
prefix = "uploads/"

urlpatterns = [path("<uuid:pk>/", views.upload, name="upload")]
