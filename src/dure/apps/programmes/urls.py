"""The addresses of programmes."""

from django.urls import path

from dure.apps.programmes import views

app_name = "programmes"
prefix = "programmes/"

urlpatterns = [
    path("", views.programme_list, name="list"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("versions/<int:pk>/file/", views.file, name="file"),
    path("versions/<int:pk>/copy/", views.copy, name="copy"),
    path("versions/<int:pk>/draft/", views.draft, name="draft"),
    path("versions/<int:pk>/figures/", views.figures, name="figures"),
    path("versions/<int:pk>/release/", views.release, name="release"),
    path("versions/<int:pk>/discard/", views.discard, name="discard"),
    path("<slug:programme_slug>/", views.programme, name="programme"),
    path("<slug:programme_slug>/plan/", views.plan, name="plan"),
]
