"""The addresses of the ledger."""

from django.urls import path

from dure.apps.ledger import views

app_name = "ledger"
prefix = "ledger/"

urlpatterns = [
    path("", views.trial, name="trial"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("entries/", views.journal, name="journal"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("budgets/", views.budgets, name="budgets"),
    path("budgets/new/", views.appropriate, name="appropriate"),
    path("budgets/<int:pk>/", views.budget, name="budget"),
]
