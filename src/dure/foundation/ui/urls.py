from django.urls import path

from dure.foundation.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("progress/", views.progress, name="progress"),
    path("examples/list/", views.example_list, name="example_list"),
    path("examples/detail/", views.example_detail, name="example_detail"),
]
