"""The addresses of proofs of origin."""

from django.urls import path

from dure.apps.origins import views

app_name = "origins"
prefix = "origins/"

urlpatterns = [
    path("", views.origins, name="origins"),
    path("new/", views.new, name="new"),
    path("check/", views.check, name="check"),
    path("<int:pk>/", views.origin, name="origin"),
    path("<int:pk>/certificate/", views.certificate, name="certificate"),
]
