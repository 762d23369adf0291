"""The addresses of technology deals."""

from django.urls import path

from dure.apps.deals import views

app_name = "deals"
prefix = "deals/"

urlpatterns = [
    path("", views.deals, name="deals"),
    path("new/", views.new, name="new"),
    path("figures/", views.figures, name="figures"),
    path("entrusted/", views.entrusted, name="entrusted"),
    path("<int:pk>/", views.deal, name="deal"),
    path("<int:pk>/judge/", views.judge, name="judge"),
    path("<int:pk>/propose/", views.propose, name="propose"),
    path("<int:pk>/negotiate/", views.negotiate, name="negotiate"),
    path("<int:pk>/give-up/", views.give_up, name="give_up"),
    path("<int:pk>/terms/", views.terms, name="terms"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/contract/", views.contract, name="contract"),
    path("proposals/<int:pk>/take/", views.take, name="take"),
    path("payments/<int:pk>/paid/", views.paid, name="paid"),
]
