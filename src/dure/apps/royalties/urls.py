"""The addresses of royalties."""

from django.urls import path

from dure.apps.royalties import views

app_name = "royalties"
prefix = "royalties/"

urlpatterns = [
    path("", views.royalties, name="list"),
    path("<int:pk>/", views.royalty, name="royalty"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/bill/", views.bill, name="bill"),
    path("<int:pk>/pay/", views.pay, name="pay"),
]
