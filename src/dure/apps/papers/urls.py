"""The addresses of the document box."""

from django.urls import path

from dure.apps.papers import views

app_name = "papers"
prefix = "papers/"

urlpatterns = [
    path("", views.box, name="box"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.paper, name="paper"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("versions/<int:pk>/file/", views.open_file, name="open"),
]
