"""The addresses of agreements."""

from django.urls import path

from dure.apps.ndas import views

app_name = "ndas"

urlpatterns = [
    path("ndas/", views.ndas, name="ndas"),
    path("ndas/<int:pk>/", views.nda, name="nda"),
    path("ndas/<int:pk>/move/", views.nda_move, name="nda_move"),
    path("ndas/<int:pk>/return/", views.nda_return, name="nda_return"),
    path("ndas/<int:pk>/paper/", views.nda_paper, name="nda_paper"),
]
