"""The addresses of research staff."""

from django.urls import path

from dure.apps.researchstaff import views

app_name = "researchstaff"
prefix = "researchers/"

urlpatterns = [
    path("", views.own, name="own"),
    path("apply/", views.apply, name="apply"),
    path("change/", views.change, name="change"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("consent/<int:pk>/", views.consent, name="consent"),
    path("consent/<int:pk>/take-back/", views.take_back, name="take_back"),
]
