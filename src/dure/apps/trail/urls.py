from django.urls import path

from dure.apps.trail import views

app_name = "trail"
prefix = "history/"

urlpatterns = [path("", views.changes, name="changes")]
